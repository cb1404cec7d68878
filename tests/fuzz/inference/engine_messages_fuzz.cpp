// SPDX-License-Identifier: Apache-2.0
// A stream of messages as either side may get it. The first byte says which direction; with its
// second bit set, bytes are exchanged in a good message instead, so that deep fields are reached.

#include "core/inference/engine_protocol.h"
#include "core/inference/message_stream.h"
#include "tests/core/inference/message_examples.h"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace gesture::inference;
using gesture::Result;

Result<ClientMessage> decoded(std::span<const std::byte> bytes, const ClientMessage&) {
    return decodeClientMessage(bytes);
}
Result<EngineMessage> decoded(std::span<const std::byte> bytes, const EngineMessage&) {
    return decodeEngineMessage(bytes);
}

/// What was read can be written, and reads the same again; what was not has a sentence.
template <typename Message>
void check(std::span<const std::byte> bytes) {
    const auto message = decoded(bytes, Message());
    if (!message) {
        if (message.error().message().empty()) std::abort();
        return;
    }
    const auto written = encode(*message);
    if (!written) std::abort();
    const auto again = decoded(std::span(*written).subspan(kLengthBytes), Message());
    if (!again || !(*again == *message)) std::abort();
}

template <typename Message>
void readStream(std::span<const std::byte> bytes) {
    MessageStream stream;
    constexpr std::size_t kStep = 100;
    for (std::size_t at = 0; at < bytes.size(); at += kStep) {
        stream.append(bytes.subspan(at, std::min(kStep, bytes.size() - at)));
        while (true) {
            const auto next = stream.next();
            if (!next || !*next) break;
            check<Message>(**next);
        }
    }
}

/// Each three bytes of `changes`: where (16 bits) and what.
template <typename Message>
void changeAndRead(const std::vector<Message>& examples, std::span<const std::byte> changes) {
    if (changes.empty()) return;
    const auto number = std::to_integer<std::size_t>(changes.front());
    auto bytes = encode(examples[number % examples.size()]);
    if (!bytes) std::abort();
    changes = changes.subspan(1);
    for (; changes.size() >= 3; changes = changes.subspan(3)) {
        const auto at = std::to_integer<std::size_t>(changes[0]) * 256 +
                        std::to_integer<std::size_t>(changes[1]);
        (*bytes)[kLengthBytes + at % (bytes->size() - kLengthBytes)] = changes[2];
    }
    check<Message>(std::span(*bytes).subspan(kLengthBytes));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto client = exampleClientMessages(2);
    static const auto engine = exampleEngineMessages(2);
    if (size == 0) return 0;
    const auto bytes = std::as_bytes(std::span(data, size)).subspan(1);
    switch (data[0] % 4) {
    case 0:
        readStream<ClientMessage>(bytes);
        break;
    case 1:
        readStream<EngineMessage>(bytes);
        break;
    case 2:
        changeAndRead(client, bytes);
        break;
    default:
        changeAndRead(engine, bytes);
    }
    return 0;
}
