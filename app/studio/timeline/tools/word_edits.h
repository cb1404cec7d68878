// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"

#include <cstddef>

namespace gesture::app {

enum class WordEdge { Begin, End };

/// The transcript with an edge of a word at another time. A word that touches there (or a named
/// pause) gives way with its own edge; no word becomes shorter than 10 ms or leaves the sound, and
/// gaps may close but not turn round. Phones stay as they were.
[[nodiscard]] audio::Transcript withMovedEdge(const audio::Transcript& transcript, std::size_t word,
                                              WordEdge edge, Seconds time);

} // namespace gesture::app
