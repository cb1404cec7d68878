// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/bundle/bundle.h"
#include "core/models/bundle/weight_source.h"

#include <memory>
#include <string_view>

namespace gesture::models {

// Networks of a bundle, by role. Blocks while the file is read. NotFound when the bundle has no
// such network; InvalidInput when kind, sizes or keys do not agree with the network, in words; Io;
// OutOfMemory. Any thread; the networks are immutable.

/// Kinds: SemTalkBase, SemTalkSparse, EchoMask, Emage, EmageTokenizer, Hubert, LogMelSpeechEncoder,
/// SentenceEncoder, MotionTokenizer, GlobalMotion, MotionFeatures.
template <typename Network>
[[nodiscard]] Result<std::unique_ptr<const Network>>
loadNetwork(const io::Bundle& bundle, std::string_view role, Placement placement = {});

/// EchoMask's projection (speech channels, projected channels).
[[nodiscard]] Result<at::Tensor> loadProjection(const io::Bundle& bundle, Placement placement = {});

} // namespace gesture::models
