# Shared by the scripts in this folder; sourced, not run. bash.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What is being done, on the screen.
say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

# Seconds with one decimal between two values of EPOCHREALTIME.
seconds_between() { awk -v from="$1" -v to="$2" 'BEGIN { printf "%.1f s", to - from }'; }

# step WHAT COMMAND...: runs the command and prints one line with what was done and how long it took. What the command
# prints is shown only if it fails; then this ends with its exit code.
step() {
    local what=$1 begin=$EPOCHREALTIME output code=0
    shift
    output=$(mktemp)
    "$@" >"$output" 2>&1 </dev/null || code=$?
    if [ "$code" -eq 0 ]; then
        say "$what ($(seconds_between "$begin" "$EPOCHREALTIME"))"
    else
        cat "$output" >&2
        printf 'error: %s failed with exit code %s; its output is above\n' "$what" "$code" >&2
    fi
    rm -f "$output"
    return "$code"
}

# Ends with a sentence that says what is wrong and what to do.
fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Whether programs in C can be built that need no library where they run.
has_static_c() { have gcc && [ -e "$(gcc -print-file-name=libc.a)" ]; }

is_root() { [ "$(id -u)" -eq 0 ]; }

engine_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# The one date of everything that is built, in seconds since 1970; Maven's archives have it too.
source_date() { date -u -d "$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</project.*:\1:p' "$root/pom.xml")" +%s; }

# Whoever uses a docker context (rootless, say) means that engine here too; Interlock itself knows only DOCKER_HOST.
use_docker_context() {
    if [ -z "${DOCKER_HOST:-}" ] && have docker; then
        local host
        host=$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null || true)
        case $host in
            "" | unix:///var/run/docker.sock) ;;
            *) export DOCKER_HOST=$host ;;
        esac
    fi
}

# Prints the major version of a folder's JDK, from its release file; nothing if there is none.
jdk_major() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true; }

# Prints the home of a JDK (with a compiler) of version 21 or later; fails if there is none.
find_jdk() {
    local home major best='' best_major=0 on_path=''
    if have javac; then
        on_path=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
    fi
    for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/*; do
        [ -n "$home" ] && [ -x "$home/bin/javac" ] || continue
        major=$(jdk_major "$home")
        if [ "${major:-0}" -ge 21 ] && [ "$major" -gt "$best_major" ]; then
            best=$home
            best_major=$major
        fi
    done
    [ -n "$best" ] && printf '%s\n' "$best"
}

# Everything here uses one JDK, whatever java the PATH has; without one, Maven's toolchain selection says so.
use_jdk() {
    local home
    if home=$(find_jdk); then
        export JAVA_HOME=$home
        if [ "$(jdk_major "$home")" -ge 24 ]; then
            # Maven's own libraries use what these Javas warn about.
            export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
        fi
    fi
}

# Whether nothing listens on a TCP port of any address of this host.
port_is_free() {
    local hex
    hex=$(printf ':%04X' "$1")
    ! awk -v port="$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }' \
        /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

# run_maven LOG ARGUMENT...: runs Maven; its whole output is in target/LOG, and what is printed of it is a line for each class
# of tests with its seconds, the totals, and what went wrong. What a test logs is in target/*-reports/CLASS-output.txt. Ends with
# Maven's exit code, which needs the caller's pipefail.
run_maven() {
    local log=$root/target/$1 code=0 unbuffered=()
    shift
    mkdir -p "$root/target"
    # Debian's awk reads a pipe in blocks, which would hold lines back for minutes.
    case $(readlink -f "$(command -v awk)") in *mawk) unbuffered=(-W interactive) ;; esac
    mvn "$@" 2>&1 </dev/null | tee "$log" | awk "${unbuffered[@]}" '
        /Tests run:.* -- in / {
            if (match($0, /Tests run: [0-9]+/)) tests = substr($0, RSTART + 11, RLENGTH - 11)
            if (match($0, /Skipped: [0-9]+/)) skipped = substr($0, RSTART + 9, RLENGTH - 9)
            if (match($0, /Time elapsed: [0-9.]+ s/)) time = substr($0, RSTART + 14, RLENGTH - 14)
            name = $0; sub(/.* -- in /, "", name)
            failed = /FAIL|ERROR\]/ ? "  FAILED" : ""
            printf "%9s %4d tests  %s%s%s\n", time, tests, name, skipped + 0 ? "  " skipped " skipped" : "", failed
            fflush()
            next
        }
        /^\[INFO\] Running |^\[INFO\] *$|^\[ERROR\] *$/ { next }
        /^\[ERROR\]|^\[INFO\] Tests run:|^\[WARNING\] Tests run:|^\[INFO\] BUILD|SUCCESS \[|FAILURE \[|SKIPPED$|Total time/ { print; fflush() }
    ' || code=$?
    [ "$code" -eq 0 ] || printf 'error: the whole output is in %s; what each test logged is in target/*-reports\n' "$log" >&2
    return "$code"
}

# What scripts/build compiled was not seen by Error Prone, and Maven would not compile it again.
forget_quick_build() {
    [ ! -e "$root/app/target/sources.sha256" ] ||
        rm -rf "$root"/*/target/classes "$root"/*/target/maven-status "$root"/plugins/*/target/classes \
            "$root"/plugins/*/target/maven-status "$root/app/target/sources.sha256"
}
