package train

import "strings"

// coin invents a name that no list has, as new companies do: "Veltara",
// "BrightHarbor", "Copper Lantern".
func (n *renaming) coin() string {
	word := func() string { return n.pick(coinWords) }
	switch n.rand.below(6) {
	case 0:
		return word() + word()
	case 1:
		return word() + strings.ToLower(word())
	case 2:
		return word() + " " + word()
	}
	return n.sounds()
}

// sounds invents a word that sounds like a name.
func (n *renaming) sounds() string {
	var b strings.Builder
	for range 1 + n.rand.below(2) {
		b.WriteString(n.pick(onsets))
		b.WriteString(n.pick(vowels))
	}
	b.WriteString(n.pick(onsets))
	b.WriteString(n.pick(endings))
	name := b.String()
	return strings.ToUpper(name[:1]) + name[1:]
}

var (
	onsets  = strings.Fields("b bl br c ch cl cr d dr f fl fr g gl gr h j k kl l m n p pl pr qu r s sc sh sk sl sn sp st str t th tr v w y z x ll rt nd nt lt ct rv")
	vowels  = strings.Fields("a e i o u a e i o ai ea ia io oo y")
	endings = strings.Fields("a o is on ex ify ly io ara ent iant us um ium ora eo ix en el er ics ist al ava ine ity aro ado ane ea ble ed ia ion")

	coinWords = strings.Fields(`Bright Flow Open Clear North River Stone Copper Lantern Cloud Data Blue Green Red Silver Iron Oak Maple Fox Wolf Bear Hawk
Harbor Bridge Gate Path Way Light Spark Fire Wave Tide Sky Star Moon Sun Day Night True Good Better Simple Easy Quick Swift Smart Wise Kind Bold Brave
Fresh Pure Prime First Next New Ever Early Common Local Urban Wild Rural Modest Humble Happy Lucky Little Big Grand Royal Golden Super Hyper Meta
Market Trade Pay Bank Fund Cap Loop Link Net Web Mesh Grid Stack Base Core Point Hub Nest Box Pack Cart Desk Lab Works Forge Craft Mill Farm Field Garden
Kitchen Table Spoon Bean Brew Leaf Root Seed Bloom Berry Apple Lemon Honey Salt Pepper Health Care Cure Well Life Body Mind Skin Heart Home House Room
Key Lock Shield Guard Safe Trust Proof Sense Signal Sound Voice Echo Pixel Frame Vision View Scope Lens Mirror Paper Page Book Story Press Post Note`)
)
