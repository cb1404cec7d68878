# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the scripts of this folder share. Sourced, never run.

source_folder="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
readonly source_folder
# shellcheck disable=SC2034
readonly exit_usage=2 exit_missing=4

say() { printf '%s\n' "$*" >&2; }
step() { printf '== %s\n' "$*" >&2; }
# fail STATUS SENTENCE…: ends the script.
fail() {
    local status="$1"
    shift
    printf 'Error: %s\n' "$*" >&2
    exit "$status"
}

# duration SECONDS: "42 s", "3 min 05 s".
duration() {
    if (($1 < 60)); then
        printf '%d s' "$1"
    else
        printf '%d min %02d s' $(($1 / 60)) $(($1 % 60))
    fi
}

have() { command -v "$1" >/dev/null 2>&1; }

# A home folder is needed for caches: it may be unset or not made yet (services, containers).
prepare_home() {
    if [[ -z "${HOME:-}" ]]; then
        HOME="$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)"
        [[ -n "$HOME" ]] || HOME="/tmp/gesture-studio-home-$(id -u)"
        export HOME
    fi
    mkdir -p -- "$HOME" 2>/dev/null ||
        fail 1 "The home folder '$HOME' cannot be made: set HOME to a folder that you may write to."
}

# The folder in which libtorch and the like are kept.
cache_folder() { printf '%s/gesture-studio' "${XDG_CACHE_HOME:-$HOME/.cache}"; }

# As root through sudo, on a tree that belongs to the user who called: only apt needs root, so the
# rest runs as that user, and no file in the tree or the user's cache ends up as root's.
calling_user() {
    if [[ $EUID -eq 0 && -n "${SUDO_UID:-}" && "$SUDO_UID" != 0 &&
        "$(stat -c %u -- "$source_folder")" == "$SUDO_UID" ]] && have runuser; then
        getent passwd "$SUDO_UID" | cut -d: -f1
    fi
}

# as_user NAME COMMAND…: runs it as that user, in that user's home.
as_user() {
    local user="$1" home
    shift
    home="$(getent passwd "$user" | cut -d: -f6)"
    runuser -u "$user" -- env -u SUDO_UID -u SUDO_USER "HOME=$home" "USER=$user" "LOGNAME=$user" "$@"
}

# How many compilers at a time: one a core, and 1.2 GB of free memory each.
parallel_jobs() {
    local cores memory_kib by_memory
    cores="$(nproc 2>/dev/null || echo 1)"
    memory_kib="$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo 2>/dev/null)"
    by_memory=$((${memory_kib:-2000000} / 1200000))
    ((by_memory >= 1)) || by_memory=1
    echo $((cores < by_memory ? cores : by_memory))
}

# Whether a window can be opened.
have_display() { [[ -n "${DISPLAY:-}" || -n "${WAYLAND_DISPLAY:-}" ]]; }

# Prints the comment at the top of the running script, which is its help.
print_help() { awk 'NR == 1 || /SPDX/ {next} /^#/ {sub(/^# ?/, ""); print; next} {exit}' "$0"; }
