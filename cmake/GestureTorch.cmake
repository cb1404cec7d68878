# SPDX-License-Identifier: Apache-2.0
# libtorch as a plain C++ library. The prefix is, in this order: the CMake variable or the
# environment variable GESTURE_TORCH; the folder that packaging/setup made in the user's cache.
# Valid prefixes hold include/ and lib/libtorch_cpu.so: an unpacked libtorch 2.x, or the folder of
# an installed Python torch. Without one, engine and trainer are left out; the rest works.

set(GESTURE_TORCH "$ENV{GESTURE_TORCH}" CACHE PATH "Folder of libtorch 2.x")
set(torch_prefix "${GESTURE_TORCH}")
if(NOT torch_prefix)
    if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
        set(user_cache "$ENV{XDG_CACHE_HOME}")
    else()
        set(user_cache "$ENV{HOME}/.cache")
    endif()
    set(torch_prefix "${user_cache}/gesture-studio/torch-2.11.0/torch")
endif()

set(GESTURE_HAVE_TORCH OFF)
if(EXISTS "${torch_prefix}/lib/libtorch_cpu.so")
    set(GESTURE_HAVE_TORCH ON)
    message(STATUS "libtorch: ${torch_prefix}")
    file(GLOB nvidia_folders "${torch_prefix}/../nvidia/*/lib")
    add_library(dep::torch INTERFACE IMPORTED GLOBAL)
    target_include_directories(dep::torch SYSTEM INTERFACE
        "${torch_prefix}/include" "${torch_prefix}/include/torch/csrc/api/include")
    target_link_directories(dep::torch INTERFACE "${torch_prefix}/lib")
    # libtorch_cpu.so names the CUDA runtime's libraries; its own run path finds them, or the
    # engine's does, and the linker need not look.
    target_link_libraries(dep::torch INTERFACE -l:libtorch_cpu.so -l:libc10.so)
    target_link_options(dep::torch INTERFACE -Wl,--allow-shlib-undefined -Wl,--no-as-needed
        "-Wl,-rpath,${torch_prefix}/lib")
    foreach(folder IN LISTS nvidia_folders)
        target_link_options(dep::torch INTERFACE "-Wl,-rpath,${folder}" "-Wl,-rpath-link,${folder}")
    endforeach()
elseif(GESTURE_TORCH)
    message(FATAL_ERROR "GESTURE_TORCH is '${GESTURE_TORCH}', but it holds no "
        "lib/libtorch_cpu.so. Give the folder of libtorch 2.x, or leave it empty.")
else()
    message(STATUS "libtorch: not found in ${torch_prefix}; "
        "gesture-engine and gesture-train are left out (packaging/setup fetches it)")
endif()

# Torch headers take over 1 GB a file: at most two at a time.
set_property(GLOBAL APPEND PROPERTY JOB_POOLS torch_pool=2)
function(gesture_use_torch target)
    target_link_libraries(${target} PRIVATE dep::torch)
    set_target_properties(${target} PROPERTIES JOB_POOL_COMPILE torch_pool)
endfunction()
