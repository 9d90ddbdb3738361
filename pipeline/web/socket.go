package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// socketSuffix is what a socket is called beside its data file.
const socketSuffix = ".sock"

// maxSocketPath is how long the path of a socket may be: 104 bytes with the
// final zero where it is shortest.
const maxSocketPath = 103

// SocketPath returns where the owner of a data file answers: beside the file,
// or, if that path is too long for a socket, in a directory of the user's own
// among the temporary files.
func SocketPath(db string) (string, error) {
	path, err := filepath.Abs(db)
	if err != nil {
		return "", err
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(dir, filepath.Base(path)) // one file, one socket
	}
	if len(path)+len(socketSuffix)+len(".new") <= maxSocketPath {
		return path + socketSuffix, nil
	}
	sum := sha256.Sum256([]byte(path))
	return filepath.Join(os.TempDir(), userDirectory(), hex.EncodeToString(sum[:8])+socketSuffix), nil
}

// A Server answers on a socket.
type Server struct {
	http     *http.Server
	listener net.Listener
	path     string
	done     chan error
}

// Listen begins to answer for the owner of a data file. Only one who holds
// the file may call it: what a dead owner left there is replaced.
func Listen(db string, h http.Handler) (*Server, error) {
	path, err := SocketPath(db)
	if err != nil {
		return nil, err
	}
	l, err := listen(path)
	if err != nil {
		return nil, fmt.Errorf("answer on %s: %w", path, err)
	}
	s := &Server{
		http: &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10},
		path: path, listener: l, done: make(chan error, 1),
	}
	go func() { s.done <- s.http.Serve(l) }()
	return s, nil
}

// listen makes the socket under another name first, so that it never has its
// own name with more rights than it should.
func listen(path string) (net.Listener, error) {
	dir := filepath.Dir(path)
	if err := ownDirectory(dir); err != nil {
		return nil, err
	}
	next := path + ".new"
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: next, Net: "unix"})
	if err != nil {
		return nil, err
	}
	l.SetUnlinkOnClose(false)
	if err = os.Chmod(next, 0o600); err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		_ = l.Close()
		_ = os.Remove(next)
		return nil, err
	}
	return l, nil
}

// ownDirectory makes the user's directory among the temporary files, if that
// is where the socket goes, and refuses one that another user made.
func ownDirectory(dir string) error {
	if dir != filepath.Join(os.TempDir(), userDirectory()) {
		return nil
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() || !mine(info) || info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("%s is not a directory of this user alone", dir)
	}
	return nil
}

func userDirectory() string { return "tenure-" + strconv.Itoa(os.Getuid()) }

// closeTime is how long requests under way may take when the owner ends.
const closeTime = 5 * time.Second

// Close ends the server: it takes no more requests and waits a while for those
// under way. The data file must be held until it has returned.
func (s *Server) Close() error {
	_ = os.Remove(s.path) // before the lock is free: nobody is asked in vain
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, s.http.Close())
	}
	if serr := <-s.done; !errors.Is(serr, http.ErrServerClosed) {
		err = errors.Join(err, serr)
	}
	return err
}
