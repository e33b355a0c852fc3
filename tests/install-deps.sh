#!/bin/sh
# Installs what building and testing need, and asks nothing: Debian packages of deps-build.txt and deps-test.txt that are missing, Node.js
# and npm unless they are there, and the pinned npm packages under build/npm. Starts no service. sudo is used only when not root.
#   tests/install-deps.sh [build]     "build" alone: no test packages, no npm
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
what=${1:-all}
policy=/usr/sbin/policy-rc.d
updated=

as_root() {
	if [ "$(id -u)" -eq 0 ]; then "$@"
	elif command -v sudo >/dev/null; then sudo "$@"
	else
		echo "make deps: packages are missing and this is neither root nor is there sudo; as root run: sh tests/install-deps.sh" >&2
		exit 77
	fi
}

apt() {
	as_root env DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true apt-get -q -y -o Dpkg::Use-Pty=0 \
		-o Dpkg::Options::=--force-confold "$@" </dev/null
}

have() {
	dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# The lines of a list: comments out; of "a|b" the first that is installed or known here.
choose() {
	for name in $(echo "$1" | tr '|' ' '); do
		if have "$name"; then return 0; fi
	done
	for name in $(echo "$1" | tr '|' ' '); do
		if apt-cache show "$name" >/dev/null 2>&1; then echo "$name"; return 0; fi
	done
	echo "$1" | tr '|' '\n' | tail -n 1
}

missing() {
	sed 's/#.*//' "$@" | while read -r line; do
		if [ -n "$line" ]; then choose "$line"; fi
	done
}

update_once() {
	[ -n "$updated" ] || apt update
	updated=yes
}

# Packages of servers would start them: forbidden while we install, and they stay off at the next boot.
install_quietly() {
	ours=
	if [ ! -e "$policy" ]; then
		printf '#!/bin/sh\nexit 101\n' | as_root sh -c "cat >$policy && chmod 755 $policy"
		ours=yes
		trap 'as_root rm -f "$policy"' EXIT INT TERM
	fi
	echo "postfix postfix/main_mailer_type select No configuration" | as_root debconf-set-selections
	# shellcheck disable=SC2086
	apt install --no-install-recommends "$@"
	if [ -d /run/systemd/system ]; then
		for unit in dovecot postfix; do
			case " $* " in *" $unit"*) as_root systemctl disable --quiet "$unit.service" || true ;; esac
		done
	fi
	if [ -n "$ours" ]; then
		as_root rm -f "$policy"
		trap - EXIT INT TERM
	fi
}

install_debian() {
	wanted=$(missing "$@")
	if [ "$what" = all ] && ! command -v node >/dev/null; then wanted="$wanted nodejs"; fi
	if [ "$what" = all ] && ! command -v npm >/dev/null; then wanted="$wanted npm"; fi
	[ -n "$(echo $wanted)" ] || { echo "Debian packages: nothing is missing"; return 0; }
	update_once
	wanted=$(missing "$@")       # again: the lists of packages may have been empty before
	if [ "$what" = all ] && ! command -v node >/dev/null; then wanted="$wanted nodejs"; fi
	if [ "$what" = all ] && ! command -v npm >/dev/null; then wanted="$wanted npm"; fi
	# shellcheck disable=SC2086
	install_quietly $wanted
}

# npm's packages change only with tests/package.json; a copy of it says what build/npm holds.
install_npm() {
	mkdir -p "$top/build/npm"
	if cmp -s "$top/tests/package.json" "$top/build/npm/installed.json"; then echo "npm packages: nothing is missing"; return 0; fi
	rm -f "$top/build/npm/installed.json"
	cp "$top/tests/package.json" "$top/build/npm/package.json"
	npm install --no-package-lock --no-audit --no-fund --ignore-scripts --fetch-retries=2 --fetch-retry-maxtimeout=20000 --prefix "$top/build/npm" </dev/null
	cp "$top/tests/package.json" "$top/build/npm/installed.json"
}

if [ "$what" = build ]; then
	install_debian "$top/tests/deps-build.txt"
else
	install_debian "$top/tests/deps-build.txt" "$top/tests/deps-test.txt"
	install_npm
fi
