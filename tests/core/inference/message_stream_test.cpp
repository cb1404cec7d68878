// SPDX-License-Identifier: Apache-2.0
#include "core/inference/engine_protocol.h"
#include "core/inference/message_stream.h"
#include "tests/core/inference/message_examples.h"

#include <gtest/gtest.h>

namespace gesture::inference {
namespace {

TEST(MessageStream, MessagesComeOutHoweverTheBytesAreCut) {
    std::vector<std::byte> bytes;
    const auto messages = exampleEngineMessages(3);
    for (const EngineMessage& message : messages) {
        const auto more = encode(message);
        bytes.insert(bytes.end(), more->begin(), more->end());
    }
    for (const std::size_t step :
         {std::size_t{1}, std::size_t{3}, std::size_t{1000}, bytes.size()}) {
        MessageStream stream;
        std::vector<EngineMessage> read;
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            stream.append(std::span(bytes).subspan(at, std::min(step, bytes.size() - at)));
            while (true) {
                const auto next = stream.next();
                ASSERT_TRUE(next.ok());
                if (!*next) break;
                read.push_back(*decodeEngineMessage(**next));
            }
        }
        EXPECT_TRUE(read == messages) << step;
        EXPECT_TRUE(stream.atBoundary());
    }
}

TEST(MessageStream, LengthsThatNoMessageHasAreRefusedAtOnce) {
    for (const std::uint32_t length :
         {std::uint32_t{0}, static_cast<std::uint32_t>(kMaxMessageBytes) + 1, 0xFFFF'FFFFU}) {
        MessageStream stream;
        stream.append(std::as_bytes(std::span(&length, 1)));
        EXPECT_FALSE(stream.next().ok()) << length;
    }
    MessageStream stream;
    const auto longest = static_cast<std::uint32_t>(kMaxMessageBytes);
    stream.append(std::as_bytes(std::span(&longest, 1)));
    const auto next = stream.next();
    ASSERT_TRUE(next.ok());
    EXPECT_FALSE(next->has_value());
    EXPECT_FALSE(stream.atBoundary());
}

} // namespace
} // namespace gesture::inference
