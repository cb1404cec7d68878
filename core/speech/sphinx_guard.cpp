// SPDX-License-Identifier: Apache-2.0
#include "core/speech/sphinx_guard.h"

#include <mutex>
#include <sphinxbase/err.h>

namespace gesture::speech {

namespace {

void ignoreRemark(void* /*unused*/, err_lvl_t /*level*/, const char* /*format*/, ...) {}

} // namespace

void silenceSphinx() {
    static std::once_flag once;
    std::call_once(once, [] {
        err_set_logfp(nullptr);
        err_set_callback(ignoreRemark, nullptr);
    });
}

} // namespace gesture::speech
