// SPDX-License-Identifier: Apache-2.0
#include "core/inference/message_stream.h"

#include "core/inference/engine_protocol.h"

#include <cstring>
#include <fmt/format.h>

namespace gesture::inference {

void MessageStream::append(std::span<const std::byte> bytes) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

Result<std::optional<std::span<const std::byte>>> MessageStream::next() {
    using Message = std::optional<std::span<const std::byte>>;
    const auto rest = std::span<const std::byte>(bytes_).subspan(begin_);
    if (rest.size() < kLengthBytes) return Message();
    std::uint32_t length = 0;
    std::memcpy(&length, rest.data(), kLengthBytes);
    if (length == 0 || length > kMaxMessageBytes) {
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("A message of {} bytes was announced; they have 1 to {}.", length,
                                 kMaxMessageBytes)};
    }
    if (rest.size() - kLengthBytes < length) return Message();
    begin_ += kLengthBytes + length;
    return Message(rest.subspan(kLengthBytes, length));
}

} // namespace gesture::inference
