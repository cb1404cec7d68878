// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::speech {

/// Makes the Sphinx libraries keep their remarks to themselves: nothing of theirs reaches the
/// program's standard output or error. Call before their first use. Any thread.
void silenceSphinx();

} // namespace gesture::speech
