# SPDX-License-Identifier: Apache-2.0
# gesture_embed(target NAMESPACE ns FILES …): makes the files' text available as string views in
# "<target>_resources.h". For shaders and the like; big files are read from resources/ at run time.

function(gesture_embed target)
    cmake_parse_arguments(ARG "" "NAMESPACE" "FILES" ${ARGN})
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/embedded")
    set(header "${folder}/${target}_resources.h")
    set(content "// Generated from the files named below.\n#pragma once\n\n#include <string_view>\n\n")
    string(APPEND content "namespace ${ARG_NAMESPACE} {\n\n")
    foreach(file IN LISTS ARG_FILES)
        get_filename_component(name "${file}" NAME)
        string(MAKE_C_IDENTIFIER "${name}" identifier)
        file(READ "${CMAKE_CURRENT_SOURCE_DIR}/${file}" text)
        string(APPEND content
            "/// ${file}\ninline constexpr std::string_view ${identifier} =\n"
            "    R\"__GESTURE__(${text})__GESTURE__\";\n\n")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
            "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
    endforeach()
    string(APPEND content "} // namespace ${ARG_NAMESPACE}\n")
    file(CONFIGURE OUTPUT "${header}" CONTENT "${content}" @ONLY)
    target_include_directories(${target} PRIVATE "${folder}")
endfunction()
