# A PostgreSQL server of the tests' own, on a free port of this machine: source
# it after checks.sh.

# The folder of the server's programs. Debian keeps them out of the path.
postgres_programs() {
    local program
    program=$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
    # One in the path may be a link, alone.
    [ -n "$program" ] && dirname "$(readlink -f "$program")"
}

# Makes sure of the programs. Debian's package would start a server for all.
bring_postgres() {
    postgres_programs >/dev/null && return
    can_install || return
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    bring initdb postgresql
    postgres_programs >/dev/null
}

# Who runs the server, which refuses to run as root.
postgres_user() { id -un postgres 2>/dev/null || echo nobody; }

as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid "$(id -u "$(postgres_user)")" --regid "$(id -g "$(postgres_user)")" --clear-groups "$@"
    else
        "$@"
    fi
}

# Starts it, and stops it when the script ends. It does not wait for the disk:
# the tests kill programs, not the server, which loses nothing by that (POSTGRES_OPTIONS
# says otherwise).
#   CAREKEY_POSTGRES       its address; whose user may make schemas
#   CAREKEY_POSTGRES_CERT  the certificate that it shows
start_postgres() {
    local programs password port
    bring_postgres && bring openssl openssl || return
    programs=$(postgres_programs)
    postgres_folder=$(mktemp -d)
    trap 'stop_postgres; finish' EXIT
    password=$(od -An -N 16 -t x1 /dev/urandom | tr -d ' \n')
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost \
        -addext basicConstraints=critical,CA:FALSE -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
        -keyout "$postgres_folder/key.pem" -out "$postgres_folder/cert.pem" >"$log" 2>&1 || return
    echo "$password" >"$postgres_folder/password"
    chmod 600 "$postgres_folder/key.pem"
    [ "$(id -u)" -ne 0 ] || chown -R "$(postgres_user)" "$postgres_folder"
    chmod 755 "$postgres_folder"
    (
        cd "$postgres_folder" || exit
        as_postgres "$programs/initdb" -D data -U carekey -A scram-sha-256 --pwfile=password -E UTF8 --locale=C
        as_postgres rm password
    ) >"$log" 2>&1 || { cat "$log"; return 1; }
    for _ in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 20000))
        (
            cd "$postgres_folder" || exit
            as_postgres "$programs/pg_ctl" -D data -l log -w -o "-p $port -c listen_addresses=127.0.0.1 -c max_connections=400 \
                ${POSTGRES_OPTIONS--c fsync=off -c synchronous_commit=off -c full_page_writes=off} \
                -c unix_socket_directories=$postgres_folder -c ssl=on \
                -c ssl_cert_file=$postgres_folder/cert.pem -c ssl_key_file=$postgres_folder/key.pem" start
        ) >"$log" 2>&1 || continue
        export CAREKEY_POSTGRES="postgres://carekey:$password@127.0.0.1:$port/postgres"
        export CAREKEY_POSTGRES_CERT=$postgres_folder/cert.pem
        return 0
    done
    cat "$log" "$postgres_folder/log"
    return 1
}

stop_postgres() {
    [ -n "${postgres_folder:-}" ] || return 0
    (cd "$postgres_folder" && as_postgres "$(postgres_programs)/pg_ctl" -D data -m immediate stop) >/dev/null 2>&1
    rm -rf "$postgres_folder"
}
