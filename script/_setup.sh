# What script/server, script/test and script/bench share: the environment they run in. Sourced from the project's folder.

VAR_DIR="${VAR_DIR:-$PWD/var}"
PYTHON=.venv/bin/python
export VAR_DIR
export PIP_CACHE_DIR="${PIP_CACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-$PWD/var}/.cache}/pip}"
export PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

is_recent_python() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3 python; do
        if is_recent_python "$name"; then
            command -v "$name"
            return
        fi
    done
    fail "Rostrum needs Python 3.11 or newer; install it (on Debian: python3) and try again."
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install_debian_packages() {
    say "Installing $* ..."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "$@" >/dev/null </dev/null
}

# need_program NAME PACKAGE...   installs the packages when the program is missing
need_program() {
    local program=$1
    shift
    command -v "$program" >/dev/null && return
    may_install || fail "$program is missing: install the Debian package${2:+s} $* (or run this once as root)."
    install_debian_packages "$@" && command -v "$program" >/dev/null ||
        fail "$program is missing and could not be installed from the Debian package${2:+s} $*."
}

make_virtualenv() {
    "$PYTHON" -m pip --version >/dev/null 2>&1 && return
    local python
    python=$(find_python)
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        may_install || fail "Python cannot make a virtual environment: install the Debian package python3-venv."
        install_debian_packages python3-venv || fail "The Debian package python3-venv could not be installed."
    fi
    say "Making .venv with $("$python" --version) ..."
    "$python" -m venv --clear .venv || fail "The virtual environment .venv could not be made."
}

# install_requirements FILE   only when the lists have changed since; the lists that FILE includes count as installed too
install_requirements() {
    local stamp=".venv/.installed-$1" digest list
    digest=$(cat requirements*.txt | cksum)
    [ -x "$PYTHON" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$digest" ] && "$PYTHON" -c '' 2>/dev/null && return
    make_virtualenv
    say "Installing the packages of $1 ..."
    "$PYTHON" -m pip install -qq --requirement "$1" </dev/null ||
        fail "The packages of $1 could not be installed; the reason stands above."
    for list in "$1" $(sed -n 's/^-r //p' "$1"); do
        printf '%s\n' "$digest" >".venv/.installed-$list"
    done
}

manage() { "$PYTHON" manage.py "$@"; }

write_secret_key() {
    local file="$VAR_DIR/secret_key"
    mkdir -p "$VAR_DIR"
    [ -s "$file" ] || [ -n "${SECRET_KEY:-}${SECRET_KEY_FILE:-}" ] && return
    (umask 077 && "$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(60))' >"$file.new")
    mv "$file.new" "$file"
}

# Once for ever: new keys would not open what older ones sealed, so that a lost file is restored and never made anew.
write_field_keys() {
    [ -e "$VAR_DIR/field_keys" ] || [ -n "${FIELD_KEYS:-}${FIELD_KEYS_FILE:-}" ] && return
    FIELD_KEYS=$("$PYTHON" -m config.field_keys) manage first_field_keys ||
        fail "The keys of sealed data could not be written; the reason stands above."
}

write_signing_keys() {
    [ -e "$VAR_DIR/signing_keys" ] || [ -n "${SIGNING_KEYS:-}${SIGNING_KEYS_FILE:-}" ] && return
    (umask 077 && "$PYTHON" -m config.signing_keys >"$VAR_DIR/signing_keys") ||
        fail "The keys that sign hand-overs could not be written to $VAR_DIR/signing_keys."
}

# What Django reads of the translations in locale/, made anew where a source is newer.
compile_catalogues() {
    local source
    for source in locale/*/LC_MESSAGES/django.po; do
        [ "${source%.po}.mo" -nt "$source" ] && continue
        say "Compiling the translations ..."
        "$PYTHON" -m script.translation compile || fail "The translations in locale/ could not be compiled."
        return
    done
}

# Collected files depend on our own, on those of the installed packages and on the settings that name both.
collect_static() {
    local stamp="$VAR_DIR/static-digest" digest
    digest=$({
        find static accreditation/static advisory/static office/static -type f -exec cksum {} + 2>/dev/null | sort
        cat requirements.txt config/settings.py
    } | cksum)
    [ -d "$VAR_DIR/static" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$digest" ] && return
    say "Collecting static files ..."
    manage collectstatic --noinput --clear --verbosity 0 || fail "The static files could not be collected."
    printf '%s\n' "$digest" >"$stamp"
}
