// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace gesture::inference {

/// Cuts a stream of bytes into messages. Memory grows with the bytes that came, not with what a
/// length says. Used by one thread.
class MessageStream {
public:
    void append(std::span<const std::byte> bytes);

    /// The next message without its length, valid until the next call of a member; nothing while
    /// bytes are missing. LimitExceeded when the length cannot be that of a message: then nothing
    /// that follows can be read either.
    [[nodiscard]] Result<std::optional<std::span<const std::byte>>> next();

    /// True when the stream could end here: no part of a message is left.
    [[nodiscard]] bool atBoundary() const { return begin_ == bytes_.size(); }

private:
    std::vector<std::byte> bytes_;
    std::size_t begin_ = 0;
};

} // namespace gesture::inference
