# shellcheck shell=bash
# What the commands in this folder share: bringing what a machine lacks, and a PostgreSQL cluster to throw away.
# Sourced, never run.

say() { printf '%s\n' "$*" >&2; }

give_up() {
  say "$*"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# --- Bringing what is missing ---

package_manager() {
  local manager
  for manager in apt-get dnf zypper pacman apk brew; do
    if have "$manager"; then
      echo "$manager"
      return
    fi
  done
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif have sudo; then
    say "+ sudo $*"
    sudo "$@"
  else
    give_up "This needs root, and sudo is not here. As root, run: $*"
  fi
}

# install REASON, then the packages' names as 'manager:name name' pairs; only those of this machine's manager count.
install_packages() {
  local reason=$1 manager pair
  local packages=()
  shift
  manager=$(package_manager)
  for pair in "$@"; do
    if [[ -n $manager && ${pair%%:*} == "$manager" ]]; then
      read -ra packages <<<"${pair#*:}"
    fi
  done
  if ((${#packages[@]} == 0)); then
    give_up "$reason is missing, and this machine has no package manager known here. Install it, then start again."
  fi
  say "$reason is missing: installing ${packages[*]} with $manager."
  case $manager in
    apt-get)
      as_root apt-get update -qq
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2
      ;;
    dnf) as_root dnf install -y -q "${packages[@]}" >&2 ;;
    zypper) as_root zypper --non-interactive --quiet install "${packages[@]}" >&2 ;;
    pacman) as_root pacman -Sy --needed --noconfirm "${packages[@]}" >&2 ;;
    apk) as_root apk add --quiet "${packages[@]}" >&2 ;;
    brew) brew install --quiet "${packages[@]}" >&2 ;;
  esac
}

# Rust comes from rustup, whose installer people run themselves.
need_cargo() {
  local wanted found
  if ! have cargo && [[ -x ${CARGO_HOME:-$HOME/.cargo}/bin/cargo ]]; then
    PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
  fi
  have cargo || give_up "Inroad is built with Rust, which is not here. Install it from https://rustup.rs, then start again."
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  found=$(rustc --version | cut -d ' ' -f 2)
  if [[ $(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1) != "$wanted" ]]; then
    give_up "Inroad needs Rust $wanted or newer; this is $found. Run 'rustup update', or install Rust from https://rustup.rs."
  fi
}

bring_linker() {
  if ! have cc; then
    install_packages "A C compiler and linker" apt-get:'gcc libc6-dev' dnf:gcc zypper:gcc pacman:gcc \
      apk:'gcc musl-dev' brew:gcc
  fi
}

# Prints the folder of PostgreSQL's server programs, version 14 or newer; looks where the program itself looks.
postgresql_folder() {
  local folder version
  while read -r folder; do
    if [[ -x $folder/initdb && -x $folder/postgres ]]; then
      folder=$(dirname "$(realpath "$folder/initdb")")
      version=$("$folder/postgres" --version | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p')
      if ((${version:-0} >= 14)); then
        echo "$folder"
        return
      fi
    fi
  done < <(
    [[ -n ${INROAD_PG_BIN:-} ]] && echo "$INROAD_PG_BIN"
    tr ':' '\n' <<<"$PATH"
    printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/lib/postgresql*/bin /usr/libexec/postgresql* \
      {/opt/homebrew,/usr/local,/home/linuxbrew/.linuxbrew}/opt/postgresql*/bin \
      /Applications/Postgres.app/Contents/Versions/*/bin /Library/PostgreSQL/*/bin | sort -rV
  )
  return 1
}

bring_postgresql() {
  if postgresql_folder >/dev/null; then
    return
  fi
  if [[ $(package_manager) == apt-get ]]; then
    # Only the programs are wanted; Debian's package would make and start a cluster of its own beside ours.
    # The file is its to write, so postgresql-common comes first.
    install_packages "PostgreSQL" apt-get:postgresql-common
    as_root sed -i 's/^#* *create_main_cluster *=.*/create_main_cluster = false/' \
      /etc/postgresql-common/createcluster.conf
  fi
  install_packages "PostgreSQL" apt-get:postgresql dnf:'postgresql-server postgresql-contrib' \
    zypper:'postgresql-server postgresql-contrib' pacman:postgresql \
    apk:'postgresql postgresql-client postgresql-contrib' brew:postgresql@17
  postgresql_folder >/dev/null ||
    give_up "The PostgreSQL of this machine's packages is older than 14. Install a newer one (https://www.postgresql.org/download/), or set DATABASE_URL."
}

bring_browser() {
  if ! have chromedriver || ! { have chromium || have chromium-browser || have google-chrome; }; then
    install_packages "Chromium with its driver" apt-get:'chromium chromium-driver' dnf:'chromium chromedriver' \
      zypper:'chromium chromedriver' pacman:chromium apk:'chromium chromium-chromedriver' brew:'chromium chromedriver'
  fi
}

# LibreOffice reads tables. It is large, and who may not install it runs everything else.
bring_office() {
  if have soffice || (install_packages "LibreOffice" apt-get:libreoffice-calc-nogui dnf:libreoffice-calc \
    zypper:libreoffice-calc pacman:libreoffice-still apk:libreoffice-calc brew:libreoffice); then
    return
  fi
  say "LibreOffice could not be brought: the tests that have it read tables are left out."
  export INROAD_TEST_WITHOUT=libreoffice
}

# Programs that are not ours and read or take what Inroad gives, in folders of their own: those in Python, and ical.js.
bring_readers() {
  local folder=$PWD/target/readers
  export INROAD_TEST_READERS=$folder
  if ! cmp -s tests/readers/requirements.txt "$folder/brought/requirements.txt"; then
    if ! have python3 || ! python3 -c 'import ensurepip' 2>/dev/null; then
      install_packages "Python with its environments" apt-get:'python3 python3-venv' dnf:python3 zypper:python3 \
        pacman:python apk:python3 brew:python
    fi
    python3 -m venv --clear "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r tests/readers/requirements.txt
    mkdir -p "$folder/brought"
    cp tests/readers/requirements.txt "$folder/brought"
  fi
  if ! [[ -d $folder/node_modules/ical.js ]] || ! cmp -s tests/readers/package.json "$folder/package.json"; then
    have npm || install_packages "Node.js" apt-get:npm dnf:nodejs-npm zypper:npm pacman:npm apk:npm brew:node
    cp tests/readers/package.json "$folder"
    npm install --silent --no-audit --no-fund --prefix "$folder"
  fi
}

# --- A cluster to throw away ---

# Runs a command as the cluster's user: the caller, or for root the user postgres, else nobody.
as_cluster_user() {
  local user=nobody
  if ((EUID != 0)); then
    "$@"
  else
    if id postgres >/dev/null 2>&1; then user=postgres; fi
    su -s /bin/sh "$user" -c "$(printf '%q ' "$@")"
  fi
}

# How the cluster is set: it trades safety for speed, and forgets on a power cut.
CLUSTER_SETTINGS=(fsync=off synchronous_commit=off full_page_writes=off)

# Prints where the cluster's folder goes: to CLUSTER_PARENT, or into memory where there is plenty. Every test makes a database
# of a thousand files and drops it, which takes a disk twenty times as long.
cluster_parent() {
  if [[ -n ${CLUSTER_PARENT:-} ]]; then
    echo "$CLUSTER_PARENT"
  elif [[ -w /dev/shm ]] && (($(df --output=avail -k /dev/shm | tail -n 1) > 6 * 1024 * 1024)) &&
    (($(awk '/^MemAvailable/ { print $2 }' /proc/meminfo) > 12 * 1024 * 1024)); then
    echo /dev/shm
  else
    echo "${TMPDIR:-/tmp}"
  fi
}

# Starts a cluster in a scratch folder, sets CLUSTER_URL, and stops and removes it when the script ends.
# It answers on a unix socket and on one loopback port, and lets everybody on this machine in.
start_cluster() {
  local programs port attempt
  programs=$(postgresql_folder) || give_up "PostgreSQL was not found."
  CLUSTER_DIR=$(cd / && as_cluster_user mktemp -d "$(cluster_parent)/inroad-cluster.XXXXXX")
  trap stop_cluster EXIT
  (cd / && as_cluster_user "$programs/initdb" -D "$CLUSTER_DIR/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 \
    --no-sync >"$CLUSTER_DIR.log" 2>&1) || give_up "$(cat "$CLUSTER_DIR.log")"
  for attempt in 1 2 3 4 5; do
    port=$((RANDOM % 20000 + 30000))
    if (cd / && as_cluster_user "$programs/pg_ctl" start -s -w -D "$CLUSTER_DIR/data" -l "$CLUSTER_DIR/log" -o "\
      -c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$CLUSTER_DIR -c max_connections=300 \
      $(printf ' -c %s' "${CLUSTER_SETTINGS[@]}")" >/dev/null 2>&1); then
      export CLUSTER_URL=postgres://postgres@127.0.0.1:$port
      return
    fi
    ((attempt < 5)) || give_up "A PostgreSQL cluster to throw away could not be started: $(cat "$CLUSTER_DIR/log")"
  done
}

stop_cluster() {
  (
    cd /
    as_cluster_user "$(postgresql_folder)/pg_ctl" stop -s -m immediate -D "$CLUSTER_DIR/data"
  ) >/dev/null 2>&1 || true
  rm -rf "$CLUSTER_DIR" "$CLUSTER_DIR.log"
}

psql_quietly() { PGOPTIONS="-c client_min_messages=warning" "$(postgresql_folder)/psql" -qX -v ON_ERROR_STOP=1 "$@" >&2; }

# Makes an empty database of this name on the cluster, and prints its address.
empty_database() {
  psql_quietly "$CLUSTER_URL/postgres" -c "drop database if exists $1" -c "create database $1"
  echo "$CLUSTER_URL/$1"
}

# Makes a database of this name with every migration applied, and prints its address.
migrated_database() {
  local url file
  url=$(empty_database "$1")
  for file in migrations/*.sql; do
    psql_quietly "$url" --single-transaction -f "$file" || give_up "$file cannot be applied."
  done
  echo "$url"
}
