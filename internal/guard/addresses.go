package guard

import "net/netip"

// maxAddress is the length of the longest address of IPv6, with an address of IPv4 in it.
const maxAddress = 45

// ipAt finds an address of IPv4 or IPv6.
func ipAt(b []byte, at int) int {
	end := at
	colons, dots := 0, 0
	for end < len(b) && end-at <= maxAddress {
		c := b[end]
		if c == ':' {
			colons++
		} else if c == '.' {
			dots++
		} else if !isDigit(c) && (c < 'a' || c > 'f') {
			break
		}
		end++
	}
	for end > at && (b[end-1] == '.' || b[end-1] == ':' && (end < at+2 || b[end-2] != ':')) {
		if b[end-1] == '.' {
			dots--
		} else {
			colons--
		}
		end--
	}
	if colons >= 2 {
		return ip6At(b, at, end)
	}
	if dots < 3 || !isDigit(b[at]) {
		return 0
	}
	return ip4At(b, at)
}

// versionWords stand before a version with four parts.
var versionWords = words(`version versions v ver release build firmware update upgrade patch section chapter clause paragraph article figure fig table tab step eq equation abb abbildung tabelle rev revision driver
	kapitel abschnitt ausgabe absatz punkt ziffer fassung versionen seccion capitulo apartado articulo chapitre section paragraphe edition api sdk protocol schema oid`)

// ip4At finds an address of IPv4.
func ip4At(b []byte, at int) int {
	end, parts := at, 0
	for parts < 4 {
		start := end
		for end < len(b) && isDigit(b[end]) {
			end++
		}
		parts++
		if end == start || end-start > 3 {
			return 0
		}
		if parts < 4 {
			if end == len(b) || b[end] != '.' {
				return 0
			}
			end++
		}
	}
	if at > 0 && (b[at-1] == '.' || b[at-1] == '-' || b[at-1] == '/' && at > 1 && isWord(b[at-2])) ||
		end < len(b) && (isWord(b[end]) || end+1 < len(b) && (b[end] == '.' || b[end] == '-') && isWord(b[end+1])) {
		return 0
	}
	ip, err := netip.ParseAddr(string(b[at:end]))
	if err != nil || !names(ip) || after(b, at, 1, versionWords) || small(ip) && !after(b, at, 3, networkWords) {
		return 0
	}
	return end
}

// networkWords stand before an address.
var networkWords = words("ip ipv ips address addresses server servers host hosts ping dns resolver resolvers gateway router login adresse adressen rechner direccion servidor serveur ssh")

// small reports whether all numbers of an address of IPv4 are small, as in a version.
func small(ip netip.Addr) bool {
	p := ip.As4()
	return p[0] < 10 && p[1] < 30 && p[2] < 30 && p[3] < 30
}

// names reports whether an address names a host. Addresses that end in 0 and begin below 10 are versions such as 1.2.0.0.
func names(ip netip.Addr) bool {
	if ip = ip.Unmap(); ip.IsLoopback() || ip.IsUnspecified() || ip.IsMulticast() {
		return false
	}
	if ip.Is4() {
		p := ip.As4()
		return p[0] != 0 && p[0] < 240 && (p[0] >= 10 || p[3] != 0)
	}
	return true
}

// ip6At finds an address of IPv6 with known bounds. Short ones such as a::b are rather names in a program.
func ip6At(b []byte, at, end int) int {
	if end < len(b) && (isWord(b[end]) || b[end] == ':' || b[end] == '.' && end+1 < len(b) && isWord(b[end+1])) || at > 0 && (b[at-1] == ':' || b[at-1] == '.') {
		return 0
	}
	ip, err := netip.ParseAddr(string(b[at:end]))
	if err != nil || !names(ip) {
		return 0
	}
	groups, digit := 0, false
	for i := at; i < end; i++ {
		if b[i] != ':' && (i == at || b[i-1] == ':') {
			groups++
		}
		digit = digit || isDigit(b[i])
	}
	if !digit || groups < 3 && !ip.Is4In6() && !ip.IsLinkLocalUnicast() && !ip.IsPrivate() && (b[at] != '2' || end-at < 6) {
		return 0
	}
	if end < len(b) && b[end] == '%' { // the zone
		zone := end + 1
		for zone < len(b) && zone-end < 16 && isWord(b[zone]) {
			zone++
		}
		if zone > end+1 {
			end = zone
		}
	}
	return end
}
