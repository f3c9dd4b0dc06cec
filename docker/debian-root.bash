# Builds root file systems from Debian packages, for the scripts of this folder, which set `name`, `what`, `layout`,
# `variant` (of mmdebstrap) and `packages`, define `prepare ROOT`, and call `provide_root`.
#
# A root is in the user's cache folder, is built once for each list of packages, and is shared by all that use it:
# nothing is written to it afterwards. Progress goes to standard error.
#
#   TAMAS_CACHE          the cache folder, else $XDG_CACHE_HOME/tamas, else ~/.cache/tamas
#   TAMAS_DEBIAN_MIRROR  the Debian mirror, else the one used by this machine's apt
#   TAMAS_DEBIAN_SUITE   the Debian release, else forky: the first with Asterisk 22

suite=${TAMAS_DEBIAN_SUITE:-forky}
cache=${TAMAS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tamas}

say() { echo "$name: $*" >&2; }
die() { say "$*"; exit 1; }

# The mirror from which this machine itself gets Debian's "main" component.
mirror_of_host() {
  apt-get indextargets --format '$(REPO_URI) $(COMPONENT) $(ORIGIN) $(SUITE)' 'Created-By: Packages' |
    awk '$2 == "main" && $3 == "Debian" && $4 !~ /security/ { print $1; exit }'
}

install_mmdebstrap() {
  command -v mmdebstrap >/dev/null && return
  [ "$(id -u)" = 0 ] || die "mmdebstrap is missing; install it: sudo apt-get install mmdebstrap"
  command -v apt-get >/dev/null || die "mmdebstrap is missing, and this machine has no apt"
  say "installing mmdebstrap"
  { apt-get install -y --no-install-recommends mmdebstrap ||
    { apt-get update && apt-get install -y --no-install-recommends mmdebstrap; }; } >&2
}

# Root builds directly; an unprivileged user in a user namespace, where the kernel allows one.
mode_of_user() {
  if [ "$(id -u)" = 0 ]; then
    echo root
  elif unshare --user --map-root-user true 2>/dev/null && grep -qs "^$(id -un):" /etc/subuid &&
    command -v newuidmap >/dev/null; then
    echo unshare
  else
    die "an unprivileged user needs user namespaces, an entry in /etc/subuid and newuidmap (sudo apt-get" \
      "install uidmap) to build the root file system; run this once as root, or use Docker"
  fi
}

build() {
  install_mmdebstrap
  local mode mirror
  mode=$(mode_of_user)
  mirror=${TAMAS_DEBIAN_MIRROR:-$(mirror_of_host)}
  [ -n "$mirror" ] || die "no Debian mirror found; set TAMAS_DEBIAN_MIRROR"
  # Left over from a killed build; we hold the lock, so nobody uses them.
  find "$cache" -maxdepth 1 -name "$name-$hash.new.*" -exec rm -rf {} +
  new=$(mktemp -d "$root.new.XXXXXX") # not local: the trap sees it
  trap 'rm -rf "$new"' EXIT
  say "building $what: ${packages[*]}"
  (
    IFS=,
    # through an archive, so that all of it belongs to the user and can be removed again
    mmdebstrap --mode="$mode" --variant="$variant" --format=tar --keyring=/usr/share/keyrings \
      --aptopt='Acquire::Check-Valid-Until "false"' --dpkgopt='path-exclude=/usr/share/locale/*' \
      --include="${packages[*]}" "$suite" - "deb $mirror $suite main" |
      tar --extract --directory "$new" --no-same-owner --exclude='./dev/*'
  )
  prepare "$new"
  rm -rf "$new/var/lib/apt/lists" "$new/var/cache/apt" "$new/usr/share/doc" "$new/usr/share/man"
  chmod 755 "$new"
  mv "$new" "$root"
  trap - EXIT
  say "done: $root"
}

# Builds the root if it is missing, and prints its path.
provide_root() {
  hash=$(printf '%s\n' "$layout" "$suite" "${packages[@]}" | sha256sum | cut -c1-12)
  root=$cache/$name-$hash
  mkdir -p "$cache"
  if [ ! -d "$root" ]; then
    exec 9>"$root.lock"
    flock --timeout 900 9 || die "another build has held $root.lock for 15 minutes"
    [ -d "$root" ] || build
  fi
  echo "$root"
}
