package crawler

import "strings"

// isTracking reports whether a query parameter, in lower case, says where a
// reader came from instead of which page is meant. Names that some sites use
// for content ("ref", "source", "id", "page") are not here.
func isTracking(name string) bool {
	if strings.HasPrefix(name, "utm_") || strings.HasPrefix(name, "guce_") ||
		strings.HasPrefix(name, "mtm_") || strings.HasPrefix(name, "pk_") ||
		strings.HasPrefix(name, "hsa_") || strings.HasPrefix(name, "at_c") {
		return true
	}
	switch name {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid",
		"ttclid", "li_fat_id", "igshid", "igsh", "srsltid", "epik", "rdt_cid", "sc_cid", "s_kwcid", "ef_id",
		"wickedid", "vero_id", "vero_conv", "mkt_tok", "mc_cid", "mc_eid", "ml_subscriber", "ml_subscriber_hash",
		"oly_anon_id", "oly_enc_id", "_ga", "_gl", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "hsctatracking",
		"__twitter_impression", "guccounter", "ncid", "cmpid", "cmp", "s_cid", "icid", "ito", "xtor", "ns_mchannel",
		"ns_campaign", "ns_source", "ns_linkname", "ns_fee", "at_medium", "at_format", "at_link_id", "at_link_type",
		"at_link_origin", "at_ptr_name", "at_bbc_team", "smid", "smtyp", "ref_src", "ref_url", "spm", "wt_mc", "wt.mc_id",
		"trk_contact", "trk_msg", "trk_module", "trk_sid", "piwik_campaign", "itm_source", "itm_medium", "itm_campaign",
		"itm_content", "itm_term", "fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "action_object_map",
		"action_type_map", "action_ref_map", "feature_share", "share_id", "_openstat", "sr_share":
		return true
	}
	return isSession(name)
}

// isSession reports whether a parameter, in lower case, names one visit.
func isSession(name string) bool {
	switch name {
	case "jsessionid", "phpsessid", "aspsessionid", "sessionid", "session_id", "sid_session", "cfid", "cftoken":
		return true
	}
	return false
}
