# SPDX-License-Identifier: Apache-2.0
# GESTURE_SANITIZE: "", "address" (with undefined behaviour) or "thread".

set(GESTURE_SANITIZE "" CACHE STRING "Sanitizer: empty, address, thread")

function(gesture_sanitize target)
    if(GESTURE_SANITIZE STREQUAL "address")
        set(flags -fsanitize=address,undefined -fno-sanitize-recover=undefined
            -fno-omit-frame-pointer)
    elseif(GESTURE_SANITIZE STREQUAL "thread")
        set(flags -fsanitize=thread -fno-omit-frame-pointer)
    elseif(GESTURE_SANITIZE)
        message(FATAL_ERROR "GESTURE_SANITIZE is '${GESTURE_SANITIZE}': use address or thread.")
    endif()
    if(GESTURE_FUZZ)
        list(APPEND flags -fsanitize=fuzzer-no-link) # coverage for tests/fuzz
    endif()
    target_compile_options(${target} PRIVATE ${flags})
    target_link_options(${target} PUBLIC ${flags})
endfunction()
