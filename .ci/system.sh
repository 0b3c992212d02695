# What the checks need from the operating system. Each part that cannot be had
# is reported, and the checks that want it fail with that reason.

install_missing() {
  local apt_log
  apt_log=$(mktemp)
  local wanted=()
  postgres_bin >/dev/null || wanted+=(postgresql)
  chromium_bin >/dev/null || wanted+=(chromium)
  command -v git >/dev/null || wanted+=(git)
  service_python >/dev/null || wanted+=(python3 python3-venv)
  [ -x /usr/sbin/pgbouncer ] || command -v pgbouncer >/dev/null || wanted+=(pgbouncer)
  command -v openssl >/dev/null || wanted+=(openssl)
  command -v ip >/dev/null || [ -x /usr/sbin/ip ] || wanted+=(iproute2)
  if [ ${#wanted[@]} -eq 0 ]; then
    return
  fi
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "[ci] missing and not installable here: ${wanted[*]}"
    return
  fi
  echo "[ci] installing ${wanted[*]} from Debian …"
  # The package would start a server of its own on the usual port.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] ||
    echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  { apt-get update -q && apt-get install -y -q --no-install-recommends "${wanted[@]}"; } \
    >"$apt_log" 2>&1 || {
    echo "[ci] apt-get failed:"
    tail -n 20 "$apt_log"
  }
}

postgres_bin() {
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$newest" ] && [ -x "$newest/initdb" ] && echo "$newest"
}

# A Python in a place that a user without rights can reach, with what makes environments.
service_python() {
  /usr/bin/python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

chromium_bin() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

find_chromium() {
  CHROMIUM=$(chromium_bin) && export CHROMIUM
}

# Starts a program as the user that PostgreSQL accepts: never root.
as_postgres=()
if [ "$(id -u)" -eq 0 ]; then
  as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi

free_port() {
  node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}

# A certificate authority of our own and what it says of 127.0.0.1, in PG_FOLDER.
make_certificates() {
  (
    cd "$PG_FOLDER" || exit 1
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
      -subj '/CN=agentic checks' -keyout ca.key -out ca.crt &&
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -subj '/CN=127.0.0.1' -keyout server.key -out server.csr &&
      openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \
        -extfile <(echo 'subjectAltName=IP:127.0.0.1') -out server.crt
  ) >"$PG_FOLDER/openssl.log" 2>&1
}

start_postgres() {
  local bin port password
  bin=$(postgres_bin) || {
    echo "[ci] no PostgreSQL: its checks will fail"
    return
  }
  PG_FOLDER=$(mktemp -d)
  port=$(free_port)
  password=$(node -p 'require("crypto").randomBytes(16).toString("hex")')
  echo "$password" >"$PG_FOLDER/password"
  local tls=()
  if make_certificates; then
    tls=(-c ssl=on -c "ssl_cert_file=$PG_FOLDER/server.crt" -c "ssl_key_file=$PG_FOLDER/server.key")
    chmod 600 "$PG_FOLDER/server.key"
    export AGENTIC_TEST_POSTGRES_CA="$PG_FOLDER/ca.crt"
  else
    echo "[ci] no certificates: the checks of TLS will fail"
    tail -n 5 "$PG_FOLDER/openssl.log"
  fi
  [ "$(id -u)" -eq 0 ] && chown -R postgres:postgres "$PG_FOLDER"
  (
    cd "$PG_FOLDER" || exit 1
    "${as_postgres[@]}" "$bin/initdb" --pgdata=data --username=postgres --auth=scram-sha-256 \
      --pwfile=password --encoding=UTF8 --no-locale --no-sync >initdb.log 2>&1
  ) || {
    echo "[ci] initdb failed:"
    cat "$PG_FOLDER/initdb.log"
    return
  }
  rm -f "$PG_FOLDER/password"
  "${as_postgres[@]}" "$bin/postgres" -D "$PG_FOLDER/data" -p "$port" -k "$PG_FOLDER" \
    -c listen_addresses=127.0.0.1 -c max_connections=300 -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off "${tls[@]}" \
    >"$PG_FOLDER/postgres.log" 2>&1 &
  PG_PROCESS=$!
  for _ in $(seq 1 100); do
    if "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; then
      local major
      major=$("$bin/postgres" --version | grep -oE '[0-9]+' | head -n 1)
      export AGENTIC_TEST_POSTGRES_URL="postgres://postgres:$password@127.0.0.1:$port/postgres"
      echo "[ci] PostgreSQL $major listens on 127.0.0.1:$port"
      return
    fi
    kill -0 "$PG_PROCESS" 2>/dev/null || break
    sleep 0.2
  done
  echo "[ci] PostgreSQL did not start:"
  tail -n 20 "$PG_FOLDER/postgres.log"
}

stop_postgres() {
  if [ -n "${PG_PROCESS:-}" ]; then
    # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
    kill -INT "$PG_PROCESS" 2>/dev/null
    wait "$PG_PROCESS" 2>/dev/null
  fi
  [ -n "${PG_FOLDER:-}" ] && rm -rf "$PG_FOLDER"
}
