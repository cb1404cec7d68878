# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Fetches libtorch into the user's cache. Sourced by packaging/setup after lib.sh.
#
# <cache>/torch-2.11.0/          complete, or not there: it is renamed into place
#     torch/{lib,include}        what CMake's GESTURE_TORCH names
#     nvidia/*/lib               where torch/lib's run paths look for CUDA's libraries
#     contents                   variant (cpu or gpu), then "bytes path" of each library
# <cache>/torch-2.11.0.VARIANT.part/   a fetch under way; each wheel that is done leaves a mark, so
#                                a fetch that was interrupted goes on with the next wheel
# <cache>/setup.lock             held by the one set-up that may write here

readonly torch_version=2.11.0

# What is taken from the wheels. Python's own libraries stay behind.
readonly torch_files_cpu=('torch/lib/libc10.so' 'torch/lib/libtorch_cpu.so' 'torch/lib/libgomp.so*'
    'torch/include/*' '*.dist-info/licenses/*' '*.dist-info/LICENSE*' '*.dist-info/NOTICE*'
    'nvidia/*/lib/libcudart.so*' 'nvidia/*/lib/libcupti.so*')
readonly torch_files_gpu=('torch/lib/libc10_cuda.so' 'torch/lib/libtorch_cuda.so'
    'torch/lib/libtorch_cuda_linalg.so' 'torch/lib/libtorch_nvshmem.so'
    'torch/lib/libcaffe2_nvrtc.so' 'nvidia/*/lib/*.so' 'nvidia/*/lib/*.so.*')

# A driver decides: CUDA's libraries are of no use without one.
have_nvidia_driver() {
    [[ -r /proc/driver/nvidia/version ]] || { have nvidia-smi && nvidia-smi -L >/dev/null 2>&1; }
}

# check_torch_prefix FOLDER: any libtorch 2.x with the C++11 ABI.
check_torch_prefix() {
    local prefix="$1" file version_header="" major
    for file in lib/libtorch_cpu.so lib/libc10.so include/ATen/core/Tensor.h; do
        if [[ ! -e "$prefix/$file" ]]; then
            if [[ -e "$prefix/torch/$file" ]]; then
                fail "$exit_missing" "GESTURE_TORCH is '$prefix', which holds no $file; '$prefix/torch' does: use that folder."
            fi
            fail "$exit_missing" "GESTURE_TORCH is '$prefix', which holds no $file. Give the folder of libtorch 2.x (also the 'torch' folder of an installed Python torch), or unset it and packaging/setup fetches libtorch."
        fi
    done
    for file in include/torch/headeronly/version.h include/torch/csrc/api/include/torch/version.h; do
        if grep -q 'define TORCH_VERSION_MAJOR [0-9]' -- "$prefix/$file" 2>/dev/null; then
            version_header="$prefix/$file"
            break
        fi
    done
    [[ -n "$version_header" ]] ||
        fail "$exit_missing" "The version of libtorch in '$prefix' cannot be read: its include folder is not complete."
    major="$(awk '/define TORCH_VERSION_MAJOR/ {print $3}' "$version_header")"
    [[ "$major" == 2 ]] ||
        fail "$exit_missing" "libtorch in '$prefix' is version $major.x; version 2.x is needed."
    grep -q -a 'torchCheckFail.*__cxx11' -- "$prefix/lib/libc10.so" ||
        fail "$exit_missing" "libtorch in '$prefix' was built with the C++ ABI of before 2011, which does not fit: take version 2.6 or later."
}

# torch_is_complete FOLDER VARIANT: a CPU user is served by the GPU variant too.
torch_is_complete() {
    local folder="$1" wanted="$2" variant bytes path
    [[ -r "$folder/contents" ]] || return 1
    {
        read -r variant
        [[ "$variant" == "$wanted" || "$variant" == gpu ]] || return 1
        while read -r bytes path; do
            [[ "$(stat -c %s -- "$folder/$path" 2>/dev/null)" == "$bytes" ]] || return 1
        done
    } <"$folder/contents"
}

# The pip of the Python that is first on the path, else Debian's.
find_pip() {
    local python
    for python in python3 /usr/bin/python3; do
        if "$python" -m pip --version >/dev/null 2>&1; then
            echo "$python"
            return
        fi
    done
    fail "$exit_missing" "Python's pip is needed to fetch libtorch: install the package python3-pip (or give a libtorch in GESTURE_TORCH)."
}

# show_progress FOLDER BYTES LABEL: until it is ended, says how much has arrived.
show_progress() {
    local folder="$1" megabytes=$(($2 / 1000000)) label="$3" arrived pause=10 end='\n'
    [[ -t 2 ]] && pause=1 end='\r'
    while sleep "$pause" && kill -0 $$ 2>/dev/null; do
        arrived="$(du -s --block-size=1000000 -- "$folder" 2>/dev/null | cut -f1)"
        # pip copies a wheel before it deletes the first copy.
        ((${arrived:-0} <= megabytes)) || arrived="$megabytes"
        # shellcheck disable=SC2059
        printf "   %s: %s of %s MB$end" "$label" "${arrived:-0}" "$megabytes" >&2
    done
}

# fetch_wheel REQUIREMENT SHA256 BYTES FOLDER: leaves the wheel in FOLDER, its hash verified.
fetch_wheel() {
    local requirement="$1" sha256="$2" bytes="$3" folder="$4" python pip watcher status=0 platform
    local -a options=(--no-deps --require-hashes --only-binary=:all: --no-cache-dir --quiet
        --disable-pip-version-check --progress-bar off --retries 5 --timeout 60
        --python-version 311 --implementation cp --abi cp311 --abi none)
    for platform in 2_28 2_27 2_25 2_18 2_17 2_12; do
        options+=(--platform "manylinux_${platform}_x86_64")
    done
    for platform in manylinux2014 manylinux2010 manylinux1; do
        options+=(--platform "${platform}_x86_64")
    done
    python="$(find_pip)" || exit
    mkdir -p -- "$folder/temporary"
    printf '%s --hash=sha256:%s\n' "$requirement" "$sha256" >"$folder/wanted.txt"
    TMPDIR="$folder/temporary" "$python" -m pip download "${options[@]}" \
        --dest "$folder" --requirement "$folder/wanted.txt" 9>&- >&2 &
    pip=$!
    show_progress "$folder" "$bytes" "${requirement%%==*}" 9>&- &
    watcher=$!
    # shellcheck disable=SC2064
    trap "kill $pip $watcher 2>/dev/null; exit 130" INT TERM HUP
    wait "$pip" || status=$?
    trap - INT TERM HUP
    kill "$watcher" 2>/dev/null
    wait "$watcher" 2>/dev/null
    ((status == 0)) ||
        fail 1 "'$requirement' could not be downloaded (pip's message stands above). Check the connection, and PIP_CERT or PIP_INDEX_URL behind a proxy or mirror, then run this again: what is complete is kept."
}

# fetch_all VARIANT PART: downloads and unpacks, one wheel at a time, what is not there yet.
fetch_all() {
    local variant="$1" part="$2" requirement sha256 bytes mark folder
    local -a lists=("$source_folder/packaging/libtorch-cpu.txt") files=("${torch_files_cpu[@]}")
    if [[ "$variant" == gpu ]]; then
        lists+=("$source_folder/packaging/libtorch-gpu.txt")
        files+=("${torch_files_gpu[@]}")
    fi
    folder="$part/download.$$"
    while read -r requirement sha256 bytes; do
        mark="$part/done/$sha256"
        if [[ -e "$mark" ]]; then
            say "   $requirement: already here"
            continue
        fi
        rm -rf -- "$part"/download.*
        mkdir -p -- "$folder" "$part/done"
        say "   $requirement: $(((bytes + 500000) / 1000000)) MB"
        fetch_wheel "$requirement" "$sha256" "$bytes" "$folder"
        "$(find_pip)" "$source_folder/packaging/unpack-wheel.py" "$folder"/*.whl "$part" \
            "${files[@]}" 9>&- || exit 1
        rm -rf -- "$folder"
        : >"$mark"
    done < <(grep -h -v '^#' -- "${lists[@]}")
}

# require_space FOLDER VARIANT: before 500 MB have been downloaded in vain.
require_space() {
    local needed_mb=1300 free_mb
    [[ "$2" == gpu ]] && needed_mb=6000
    free_mb="$(df --output=avail --block-size=1000000 -- "$1" | tail -n 1 | tr -d ' ')"
    ((free_mb >= needed_mb)) ||
        fail 1 "libtorch needs $needed_mb MB in '$1', where $free_mb MB are free: make room, or set XDG_CACHE_HOME to a folder with more."
}

# make_part VARIANT PART: the whole tree, complete as soon as PART/contents exists.
make_part() {
    local variant="$1" part="$2"
    mkdir -p -- "$part"
    require_space "$part" "$variant"
    fetch_all "$variant" "$part"
    (
        cd -- "$part" || exit 1
        { echo "$variant" && find torch/lib nvidia -type f -name '*.so*' -printf '%s %p\n'; } >contents.new
        mv -- contents.new contents
    ) || fail 1 "'$part' could not be completed."
}

# install_torch VARIANT: cpu or gpu. Quick when it is there.
install_torch() {
    local variant="$1" cache target part
    if [[ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]]; then
        say "libtorch is pinned for x86-64 Linux only: on this machine ($(uname -m)) give one in GESTURE_TORCH, or go without engine and trainer."
        return 0
    fi
    cache="$(cache_folder)"
    target="$cache/torch-$torch_version"
    part="$target.$variant.part"
    mkdir -p -- "$cache" || fail 1 "The cache folder '$cache' cannot be made."
    if torch_is_complete "$target" "$variant"; then
        say "libtorch $torch_version is in '$target'"
        return 0
    fi
    exec 9>"$cache/setup.lock"
    if ! flock --nonblock 9; then
        say "Another set-up is fetching libtorch; waiting for it to end."
        flock 9
    fi
    if ! torch_is_complete "$target" "$variant"; then
        step "libtorch $torch_version ($variant) into '$target'"
        torch_is_complete "$part" "$variant" || make_part "$variant" "$part"
        rm -rf -- "$target"
        mv -T -- "$part" "$target"
        rm -rf -- "$target"/done "$target".*.part
    fi
    exec 9>&-
}
