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
get_filename_component(torch_prefix "${torch_prefix}" ABSOLUTE)

set(GESTURE_HAVE_TORCH OFF)
if(EXISTS "${torch_prefix}/lib/libtorch_cpu.so")
    # Wheels before 2.6 were built with the C++ ABI of before 2011: programs would not link.
    file(STRINGS "${torch_prefix}/lib/libc10.so" torch_symbol
        REGEX "torchCheckFail.*__cxx11" LIMIT_COUNT 1)
    if(NOT torch_symbol)
        message(FATAL_ERROR "libtorch in '${torch_prefix}' was built with the C++ ABI of before "
            "2011: take version 2.6 or later, or leave GESTURE_TORCH empty and run packaging/setup.")
    endif()
    set(GESTURE_HAVE_TORCH ON)
    message(STATUS "libtorch: ${torch_prefix}")
    # Imported with their locations, so that CMake writes the run path into the build's programs.
    # The libraries that they need themselves are found by their own run paths.
    add_library(dep::c10 SHARED IMPORTED GLOBAL)
    set_target_properties(dep::c10 PROPERTIES IMPORTED_LOCATION "${torch_prefix}/lib/libc10.so")
    add_library(dep::torch SHARED IMPORTED GLOBAL)
    set_target_properties(dep::torch PROPERTIES
        IMPORTED_LOCATION "${torch_prefix}/lib/libtorch_cpu.so")
    target_include_directories(dep::torch SYSTEM INTERFACE
        "${torch_prefix}/include" "${torch_prefix}/include/torch/csrc/api/include")
    target_compile_definitions(dep::torch INTERFACE AT_PER_OPERATOR_HEADERS)
    target_link_options(dep::torch INTERFACE -Wl,--allow-shlib-undefined)
    target_link_libraries(dep::torch INTERFACE dep::c10)
elseif(GESTURE_TORCH)
    message(FATAL_ERROR "GESTURE_TORCH is '${GESTURE_TORCH}', but it holds no "
        "lib/libtorch_cpu.so. Give the folder of libtorch 2.x, or leave it empty.")
else()
    message(STATUS "libtorch: not found in ${torch_prefix}; "
        "gesture-engine and gesture-train are left out (packaging/setup fetches it)")
endif()

# Torch headers take over 1 GB a file: at most two at a time.
set_property(GLOBAL APPEND PROPERTY JOB_POOLS torch_pool=2)

# Several files at once share the cost of the headers (a fifth of the time), but a change to one of
# them compiles all: for machines that build once, not for developers.
option(GESTURE_TORCH_UNITY "Compile files that use torch in groups" OFF)
function(gesture_use_torch target)
    target_link_libraries(${target} PRIVATE dep::torch)
    set_target_properties(${target} PROPERTIES
        JOB_POOL_COMPILE torch_pool
        UNITY_BUILD ${GESTURE_TORCH_UNITY} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

# Installs a program that runs on libtorch: a libtorch below the same prefix is found first, else
# the one of the build.
function(gesture_install_torch_program target)
    set_target_properties(${target} PROPERTIES
        INSTALL_RPATH "$ORIGIN/../lib/gesture-studio/torch/lib;${torch_prefix}/lib")
    install(TARGETS ${target} RUNTIME DESTINATION bin)
endfunction()
