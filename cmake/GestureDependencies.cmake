# SPDX-License-Identifier: Apache-2.0
# Third-party libraries, found once and given one name each. packaging/setup installs them.
#
# GESTURE_PREFIX (CMake or environment variable): a folder that packaging/headers filled, for machines
# without a package manager; it is searched first.

set(GESTURE_PREFIX "$ENV{GESTURE_PREFIX}" CACHE PATH "Folder of unpacked packages, searched first")
if(GESTURE_PREFIX)
    get_filename_component(GESTURE_PREFIX "${GESTURE_PREFIX}" ABSOLUTE)
    list(PREPEND CMAKE_PREFIX_PATH "${GESTURE_PREFIX}/usr")
    list(PREPEND CMAKE_LIBRARY_PATH "${GESTURE_PREFIX}/usr/lib/x86_64-linux-gnu")
    # The unpacked libraries name each other without a path; unlike the newer kind of run path, the
    # older one is also searched for the libraries of libraries.
    add_link_options(-Wl,--disable-new-dtags)
endif()

find_package(Threads REQUIRED)

# gesture_header_dependency(NAME target HEADER file): a header-only library.
function(gesture_header_dependency target header)
    string(MAKE_C_IDENTIFIER "GESTURE_INCLUDE_${target}" variable)
    find_path(${variable} "${header}" PATH_SUFFIXES eigen3 kissfft pocketsphinx)
    if(NOT ${variable})
        message(FATAL_ERROR "'${header}' was not found: run packaging/setup, "
            "or give the folder of unpacked packages in GESTURE_PREFIX.")
    endif()
    mark_as_advanced(${variable})
    add_library(${target} INTERFACE IMPORTED GLOBAL)
    target_include_directories(${target} SYSTEM INTERFACE "${${variable}}")
endfunction()

# gesture_dependency(target header library): a library with one header to find it by.
function(gesture_dependency target header library)
    gesture_header_dependency(${target} "${header}")
    string(MAKE_C_IDENTIFIER "GESTURE_LIBRARY_${target}" variable)
    find_library(${variable} NAMES ${library})
    if(NOT ${variable})
        message(FATAL_ERROR "Library '${library}' was not found: run packaging/setup, "
            "or give the folder of unpacked packages in GESTURE_PREFIX.")
    endif()
    mark_as_advanced(${variable})
    target_link_libraries(${target} INTERFACE "${${variable}}")
endfunction()

gesture_header_dependency(dep::eigen Eigen/Core)
gesture_header_dependency(dep::fmt fmt/format.h)
gesture_header_dependency(dep::spdlog spdlog/spdlog.h)
gesture_header_dependency(dep::nlohmann nlohmann/json.hpp)
gesture_header_dependency(dep::cli11 CLI/CLI.hpp)
target_compile_definitions(dep::fmt INTERFACE FMT_HEADER_ONLY)
target_compile_definitions(dep::spdlog INTERFACE SPDLOG_FMT_EXTERNAL)
target_link_libraries(dep::spdlog INTERFACE dep::fmt)

gesture_dependency(dep::zlib zlib.h z)
gesture_dependency(dep::yaml yaml-cpp/yaml.h yaml-cpp)
gesture_dependency(dep::sqlite sqlite3.h sqlite3)
gesture_dependency(dep::sndfile sndfile.h sndfile)
gesture_dependency(dep::soxr soxr.h soxr)
# The float build of kissfft; its header folder changed its name between releases.
gesture_dependency(dep::kissfft kiss_fftr.h kissfft-float)

if(GESTURE_RENDER)
    gesture_dependency(dep::epoxy epoxy/gl.h epoxy)
    gesture_dependency(dep::png png.h png)
    # Characters of others; used by gesture-import-rig alone, in a sandbox.
    gesture_dependency(dep::assimp assimp/Importer.hpp assimp)
    # Recognition and alignment of speech; one library builds on the other.
    gesture_dependency(dep::sphinxbase sphinxbase/err.h sphinxbase)
    gesture_dependency(dep::pocketsphinx pocketsphinx.h pocketsphinx)
    target_link_libraries(dep::pocketsphinx INTERFACE dep::sphinxbase)
    # Synthetic speech; each voice is a library, and they build on those that follow.
    gesture_dependency(dep::flite flite/flite.h flite)
    foreach(part usenglish cmulex cmu_us_kal16 cmu_us_awb cmu_us_rms cmu_us_slt)
        find_library(GESTURE_LIBRARY_FLITE_${part} NAMES flite_${part})
        mark_as_advanced(GESTURE_LIBRARY_FLITE_${part})
        target_link_libraries(dep::flite INTERFACE "${GESTURE_LIBRARY_FLITE_${part}}")
    endforeach()
endif()

if(GESTURE_ESPEAK)
    gesture_dependency(dep::espeak espeak-ng/speak_lib.h espeak-ng)
endif()

if(GESTURE_STUDIO)
    find_package(Qt6 6.2 REQUIRED COMPONENTS Core Gui Widgets OpenGL OpenGLWidgets Multimedia Svg)
endif()
