# SPDX-License-Identifier: Apache-2.0
# What every target of the project has in common: language level, warnings, where binaries go.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_program(GESTURE_CCACHE ccache)
if(GESTURE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${GESTURE_CCACHE}")
endif()

# Developers and the gate stop at warnings. Users do not: their compiler may know new ones.
option(GESTURE_WARNINGS_AS_ERRORS "Stop at the first warning" ON)

# Applies the project's rules to one target.
function(gesture_configure target)
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
        -Wimplicit-fallthrough $<$<BOOL:${GESTURE_WARNINGS_AS_ERRORS}>:-Werror>
        # GCC 12 warns wrongly where strings are joined at -O3 (GCC bug 105651).
        $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
    target_compile_definitions(${target} PRIVATE
        GESTURE_VERSION="${PROJECT_VERSION}")
    gesture_sanitize(${target})
endfunction()

# gesture_library(NAME SOURCES a.cpp … PUBLIC libs… PRIVATE libs…): one static library a folder.
function(gesture_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    gesture_configure(${name})
    target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# gesture_program(NAME OUTPUT file-name SOURCES … PRIVATE libs…)
function(gesture_program name)
    cmake_parse_arguments(ARG "" "OUTPUT" "SOURCES;PRIVATE" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    gesture_configure(${name})
    target_link_libraries(${name} PRIVATE ${ARG_PRIVATE})
    if(ARG_OUTPUT)
        set_target_properties(${name} PROPERTIES OUTPUT_NAME "${ARG_OUTPUT}")
    endif()
endfunction()
