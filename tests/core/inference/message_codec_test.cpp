// SPDX-License-Identifier: Apache-2.0
#include "core/inference/engine_protocol.h"
#include "tests/core/inference/message_examples.h"

#include <cstring>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace gesture::inference {
namespace {

using Bytes = std::vector<std::byte>;

std::span<const std::byte> payload(const Bytes& message) {
    return std::span(message).subspan(kLengthBytes);
}

Result<ClientMessage> decoded(std::span<const std::byte> bytes, const ClientMessage&) {
    return decodeClientMessage(bytes);
}
Result<EngineMessage> decoded(std::span<const std::byte> bytes, const EngineMessage&) {
    return decodeEngineMessage(bytes);
}

/// Calls `check` with each example of both directions.
template <typename Check>
void forEachExample(int size, const Check& check) {
    for (const ClientMessage& message : exampleClientMessages(size))
        check(message);
    for (const EngineMessage& message : exampleEngineMessages(size))
        check(message);
}

Bytes bytesOf(std::initializer_list<int> values) {
    Bytes bytes;
    for (const int value : values)
        bytes.push_back(static_cast<std::byte>(value));
    return bytes;
}

template <typename Message>
std::string problemOf(const Message& message) {
    const auto bytes = encode(message);
    return bytes ? std::string() : bytes.error().message();
}

TEST(MessageCodec, EveryMessageOfEverySizeComesBackAsItWas) {
    for (const int size : {0, 1, 2, 23, 24, 255, 256, 1000}) {
        forEachExample(size, [size](const auto& message) {
            const auto bytes = encode(message);
            ASSERT_TRUE(bytes.ok()) << bytes.error().message();
            const auto again = decoded(payload(*bytes), message);
            ASSERT_TRUE(again.ok()) << again.error().message();
            EXPECT_TRUE(*again == message) << "alternative " << message.index() << ", " << size;
        });
    }
}

TEST(MessageCodec, LengthStandsInFrontInLittleEndian) {
    const auto bytes = encode(ClientMessage(Cancel{}));
    ASSERT_TRUE(bytes.ok());
    std::uint32_t length = 0;
    std::memcpy(&length, bytes->data(), sizeof(length));
    EXPECT_EQ(length, bytes->size() - kLengthBytes);
}

TEST(MessageCodec, AnotherReaderFindsPlainCbor) {
    const auto bytes = encode(EngineMessage(MotionChunk{{300}, {302}, exampleMotion(2, false)}));
    ASSERT_TRUE(bytes.ok());
    const auto text = payload(*bytes);
    const auto json = nlohmann::json::from_cbor(std::vector<std::uint8_t>(
        reinterpret_cast<const std::uint8_t*>(text.data()),
        reinterpret_cast<const std::uint8_t*>(text.data()) + text.size()));
    EXPECT_EQ(json.at("type"), "motion");
    EXPECT_EQ(json.at("begin"), 300);
    EXPECT_EQ(json.at("final-end"), 302);
    EXPECT_EQ(json.at("poses").at(0), "f32");
    EXPECT_EQ(json.at("poses").at(1), nlohmann::json::array({2, 165}));
    EXPECT_EQ(json.at("poses").at(2).get_binary().size(), 2U * 165 * 4);
}

TEST(MessageCodec, AMessageCutAnywhereIsRefusedWithASentence) {
    forEachExample(2, [](const auto& message) {
        const auto bytes = encode(message);
        ASSERT_TRUE(bytes.ok());
        for (std::size_t size = 0; size < bytes->size() - kLengthBytes; ++size) {
            const auto cut = decoded(payload(*bytes).first(size), message);
            ASSERT_FALSE(cut.ok()) << size;
            ASSERT_FALSE(cut.error().message().empty());
        }
    });
}

TEST(MessageCodec, AFlippedByteGivesASentenceOrAMessageThatKeepsTheRules) {
    forEachExample(2, [](const auto& message) {
        auto bytes = encode(message);
        ASSERT_TRUE(bytes.ok());
        for (std::size_t at = kLengthBytes; at < bytes->size(); ++at) {
            for (const unsigned flip : {0x01U, 0x20U, 0x80U, 0xFFU}) {
                (*bytes)[at] ^= static_cast<std::byte>(flip);
                const auto read = decoded(payload(*bytes), message);
                if (read)
                    ASSERT_TRUE(encode(*read).ok()) << at;
                else
                    ASSERT_FALSE(read.error().message().empty()) << at;
                (*bytes)[at] ^= static_cast<std::byte>(flip);
            }
        }
    });
}

TEST(MessageCodec, UnknownTypesAreNamed) {
    const Bytes bytes = bytesOf({0xBF, 0x64, 't', 'y', 'p', 'e', 0x63, 'x', 'y', 'z', 0xFF});
    const auto client = decodeClientMessage(bytes);
    const auto engine = decodeEngineMessage(bytes);
    ASSERT_FALSE(client.ok());
    ASSERT_FALSE(engine.ok());
    EXPECT_EQ(client.error().message(), "There is no message of the type 'xyz'.");
    EXPECT_EQ(engine.error().message(), client.error().message());
}

TEST(MessageCodec, MessagesOfTheOtherDirectionAreUnknown) {
    const auto quit = encode(ClientMessage(Quit{}));
    const auto note = encode(EngineMessage(Note{"a"}));
    EXPECT_FALSE(decodeEngineMessage(payload(*quit)).ok());
    EXPECT_FALSE(decodeClientMessage(payload(*note)).ok());
}

TEST(MessageCodec, EndlessNestingAndHugeLengthsTakeNoMemory) {
    Bytes nested(std::size_t{10} << 20, std::byte{0x81});
    EXPECT_FALSE(decodeEngineMessage(nested).ok());
    std::fill(nested.begin(), nested.end(), std::byte{0xBF});
    EXPECT_FALSE(decodeEngineMessage(nested).ok());
    // A text of 2^63 bytes where the type should be.
    EXPECT_FALSE(decodeEngineMessage(bytesOf({0xBF, 0x64, 't', 'y', 'p', 'e', 0x7B, 0x80, 0, 0, 0,
                                              0, 0, 0, 0, 'x'}))
                     .ok());
}

TEST(MessageCodec, CountsAreHeldAgainstTheBytesBeforeMemoryIsTaken) {
    auto bytes = encode(EngineMessage(TokenChunk{motion::BodyPart::Face, 0, 4, 0, {}, {}, {}}));
    ASSERT_TRUE(bytes.ok());
    // "tokens": 0 becomes 23, which the arrays do not have.
    const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    const std::size_t at = text.find("ftokens\x00", 0, 8) + 7;
    ASSERT_LT(at, bytes->size());
    (*bytes)[at] = std::byte{23};
    const auto read = decodeEngineMessage(payload(*bytes));
    ASSERT_FALSE(read.ok());
    EXPECT_NE(read.error().message().find("field 'codes' has not the shape (23, 0)"),
              std::string::npos)
        << read.error().message();
}

TEST(MessageCodec, NumbersOutOfRangeAreRefusedByTheWriterToo) {
    TokenChunk tokens;
    tokens.layers = kMaxLayers + 1;
    EXPECT_NE(problemOf(EngineMessage(tokens)).find("'layers' is 65; it must be 0 to 64"),
              std::string::npos);
    AttentionWindow window;
    window.heads = kMaxHeads + 1;
    EXPECT_NE(problemOf(EngineMessage(window)), "");
    EXPECT_NE(problemOf(ClientMessage(MotionPart{{0}, exampleMotion(kMaxPartFrames + 1)})), "");
    EXPECT_NE(problemOf(ClientMessage(MotionPart{{kMaxFrames + 1}, {}})), "");
    GenerateRequest request = exampleGenerate();
    request.bundle = "relative/folder";
    EXPECT_NE(problemOf(ClientMessage(request)).find("absolute path"), std::string::npos);
    request = exampleGenerate();
    request.options.sampling[motion::BodyPart::Hands].topP = 1.5;
    EXPECT_NE(problemOf(ClientMessage(request)).find("'top-p'"), std::string::npos);
    request = exampleGenerate();
    std::swap(request.speech.transcript.words[0], request.speech.transcript.words[2]);
    EXPECT_NE(problemOf(ClientMessage(request)).find("no transcript"), std::string::npos);
    EditMessage edit{exampleEdit(5), 5};
    edit.request.pins[0].frame = {5};
    EXPECT_NE(problemOf(ClientMessage(edit)).find("beyond the motion"), std::string::npos);
    edit = {exampleEdit(5), 5};
    edit.request.mask[7] = 2;
    EXPECT_NE(problemOf(ClientMessage(edit)).find("'mask'"), std::string::npos);
}

TEST(MessageCodec, NumbersThatAreNotFiniteAreRefused) {
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
    MotionChunk chunk{{0}, {0}, exampleMotion(3)};
    chunk.frames.poses[200] = kNan;
    EXPECT_NE(problemOf(EngineMessage(chunk)).find("'poses' has a number that is not finite"),
              std::string::npos);
    AttentionWindow window;
    window.frames = 1;
    window.parts = {motion::BodyPart::Face};
    window.layers = window.heads = 1;
    window.maps = {0x7C00}; // infinity
    window.importance = window.fused = {1.0F};
    EXPECT_NE(problemOf(EngineMessage(window)).find("'maps'"), std::string::npos);
    RequestSummary summary;
    summary.seconds = std::numeric_limits<double>::infinity();
    EXPECT_NE(problemOf(EngineMessage(summary)), "");
    // A reader does not trust the writer.
    chunk.frames.poses[200] = 0.5F;
    auto bytes = encode(EngineMessage(chunk));
    ASSERT_TRUE(bytes.ok());
    const auto begin = std::as_bytes(std::span(chunk.frames.poses));
    const auto found = std::search(bytes->begin(), bytes->end(), begin.begin(), begin.end());
    ASSERT_NE(found, bytes->end());
    std::memcpy(&*found, &kNan, sizeof(kNan));
    EXPECT_FALSE(decodeEngineMessage(payload(*bytes)).ok());
}

TEST(MessageCodec, SentencesAreCutAndRepairedSoThatAFailureCanAlwaysBeSent) {
    Failure failure{ErrorCode::Internal, std::string(100'000, 'x')};
    failure.message[10] = '\xff';
    const auto bytes = encode(EngineMessage(failure));
    ASSERT_TRUE(bytes.ok());
    const auto read = decodeEngineMessage(payload(*bytes));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(std::get<Failure>(*read).message,
              std::string(10, 'x') + "?" + std::string(kMaxSentence - 11, 'x'));
}

TEST(MessageCodec, WhatDoesNotFitIntoAMessageIsRefused) {
    AttentionWindow window;
    window.frames = 512;
    window.parts = {motion::BodyPart::Face, motion::BodyPart::Upper, motion::BodyPart::Hands};
    window.layers = 8;
    window.heads = 8;
    window.maps.resize(std::size_t{3} * 8 * 8 * 512 * 512);
    window.importance.resize(std::size_t{3} * 512);
    window.fused.resize(512);
    EXPECT_NE(problemOf(EngineMessage(window)).find("than a message may"), std::string::npos)
        << problemOf(EngineMessage(window));
}

TEST(Hello, OtherVersionsOfTheProtocolGiveASentenceWithBoth) {
    EXPECT_TRUE(checkHello({kProtocolVersion, "9.9"}, "0.1.0").ok());
    const Status status = checkHello({kProtocolVersion + 1, "0.2.0"}, "0.1.0");
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code(), ErrorCode::Unavailable);
    EXPECT_NE(status.error().message().find("0.2.0"), std::string::npos);
    EXPECT_NE(status.error().message().find("0.1.0"), std::string::npos);
}

TEST(MotionUpload, PartsBecomeTheMotionAgain) {
    const MotionFrames motion = exampleMotion(10'000);
    MotionUpload upload;
    for (std::int64_t begin = 0; begin < 10'000; begin += 333)
        ASSERT_TRUE(upload.add({{begin}, framesOf(motion, begin, begin + 333)}).ok());
    const auto whole = upload.take(10'000);
    ASSERT_TRUE(whole.ok());
    EXPECT_TRUE(*whole == motion);
    EXPECT_TRUE(upload.take(0).ok()) << "taking empties it";
}

TEST(MotionUpload, GapsOtherLengthsAndMissingContactsAreRefused) {
    MotionUpload upload;
    EXPECT_FALSE(upload.add({{1}, exampleMotion(4)}).ok());
    ASSERT_TRUE(upload.add({{0}, exampleMotion(4)}).ok());
    EXPECT_FALSE(upload.add({{3}, exampleMotion(4)}).ok());
    EXPECT_FALSE(upload.add({{4}, exampleMotion(4, false)}).ok());
    EXPECT_FALSE(upload.take(5).ok());
}

TEST(MotionShape, ArraysOfOtherLengthsAreNamed) {
    MotionFrames motion = exampleMotion(3);
    EXPECT_TRUE(checkShape(motion).ok());
    motion.expressions.pop_back();
    EXPECT_FALSE(checkShape(motion).ok());
}

} // namespace
} // namespace gesture::inference
