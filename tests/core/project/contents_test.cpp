// SPDX-License-Identifier: Apache-2.0
#include "core/inference/analysis.h"
#include "core/project/analysis_blob.h"
#include "core/project/motion_blob.h"
#include "core/project/project.h"
#include "core/project/state_rows.h"
#include "tests/core/project/example_project.h"
#include "tests/support/synthetic_clip.h"
#include "tests/support/temporary_folder.h"

#include <cmath>
#include <gtest/gtest.h>

namespace gesture::project {
namespace {

using inference::Analysis;
using inference::AttentionKeep;
using inference::AttentionWindow;
using motion::BodyPart;
using test::TemporaryFolder;

class Contents : public testing::Test {
protected:
    TemporaryFolder folder_;
    Project project_ = Project::create(folder_ / "contents.gesture").value();
    BlobStore& blobs() { return project_.blobs(); }
    JobControl control_;
};

TEST_F(Contents, MotionComesBackByteForByte) {
    motion::Clip::Data data = test::syntheticClipData(2500);
    data.betas = {0.5F, -0.25F};
    data.rate = {30000, 1001};
    data.expressionSpace = motion::ExpressionSpace::Arkit52;
    data.gender = "female";
    const auto clip = std::make_shared<const motion::Clip>(motion::Clip::create(data).value());
    std::vector<float> contacts(2500 * 4, 0.75F);
    const ContentHash hash = putMotion(blobs(), {clip, contacts}, control_).value();
    const StoredMotion back = readMotion(blobs(), hash).value();
    EXPECT_TRUE(std::ranges::equal(back.clip->poses(), clip->poses()));
    EXPECT_TRUE(std::ranges::equal(back.clip->translations(), clip->translations()));
    EXPECT_TRUE(std::ranges::equal(back.clip->expressions(), clip->expressions()));
    EXPECT_TRUE(std::ranges::equal(back.clip->betas(), clip->betas()));
    EXPECT_EQ(back.clip->rate(), clip->rate());
    EXPECT_EQ(back.clip->expressionSpace(), clip->expressionSpace());
    EXPECT_EQ(back.clip->gender(), "female");
    EXPECT_EQ(back.contacts, contacts);
    EXPECT_EQ(putMotion(blobs(), {clip, contacts}, control_).value(), hash);
    EXPECT_EQ(blobs().all().value().size(), 1U);
}

TEST_F(Contents, AnEditTakesThePlaceOfItsFramesAlone) {
    motion::Clip::Data data = test::syntheticClipData(10'000);
    const auto whole = std::make_shared<const motion::Clip>(motion::Clip::create(data).value());
    static_cast<void>(putMotion(blobs(), {whole, {}}, control_).value());
    const auto before = test::askSql(project_.path(), "SELECT sum(length(data)) FROM chunk");
    data.poses[5000 * motion::kPoseSize] += 0.25F;
    const auto edited = std::make_shared<const motion::Clip>(motion::Clip::create(data).value());
    static_cast<void>(putMotion(blobs(), {edited, {}}, control_).value());
    const auto after = test::askSql(project_.path(), "SELECT sum(length(data)) FROM chunk");
    EXPECT_LT(std::stoll(after) - std::stoll(before), 1'000'000);
    EXPECT_GT(std::stoll(before), 10'000'000);
}

TEST_F(Contents, OfAnotherKindOrOfNoneAreRefused) {
    const auto clip = std::make_shared<const motion::Clip>(test::syntheticClip(10));
    const ContentHash hash = putMotion(blobs(), {clip, {}}, control_).value();
    EXPECT_FALSE(readAnalysis(blobs(), hash).ok());
    EXPECT_EQ(readMotion(blobs(), test::hashFor("none")).error().code(), ErrorCode::NotFound);
    EXPECT_FALSE(readMotion(blobs(), "not a hash").ok());
}

TEST_F(Contents, MotionsThatClaimOtherSizesAreRefused) {
    const auto put = [&](const std::string& head, std::size_t chunks, std::size_t bytes) {
        return blobs()
            .put(
                "motion",
                [&](const BlobStore::Sink& sink) {
                    Status done = sink(std::as_bytes(std::span(head)));
                    const std::vector<std::byte> zeros(bytes);
                    for (std::size_t i = 0; i < chunks && done.ok(); ++i)
                        done = sink(zeros);
                    return done;
                },
                control_)
            .value();
    };
    for (const ContentHash& hash :
         {put(R"({"frames":1728000})", 1, 100), put(R"({"frames":9223372036854775807})", 1, 100),
          put(R"({"frames":-1})", 1, 100), put("{}", 0, 0), put("x", 0, 0),
          put(R"({"frames":1})", 2, 660), put(R"({"frames":1,"rate":0})", 3, 660),
          put(R"({"frames":1})", 50, 660)})
        EXPECT_FALSE(readMotion(blobs(), hash).ok());
}

AttentionWindow windowAt(std::int64_t begin, int layers, int heads) {
    constexpr int kFrames = 16;
    AttentionWindow window;
    window.begin = {begin};
    window.frames = kFrames;
    window.parts = {BodyPart::Upper, BodyPart::Hands};
    window.layers = layers;
    window.heads = heads;
    const auto maps = static_cast<std::size_t>(2 * layers * heads) * kFrames * kFrames;
    for (std::size_t i = 0; i < maps; ++i)
        window.maps.push_back(static_cast<std::uint16_t>((i * 7 + static_cast<std::size_t>(begin)) %
                                                         0x3c00)); // below 1.0
    window.importance.assign(2 * kFrames, 1.0F / kFrames);
    window.fused.assign(kFrames, 1.0F / kFrames);
    return window;
}

Analysis exampleAnalysis(const AttentionKeep& keep) {
    Analysis analysis(keep);
    analysis.setFrames(64);
    EXPECT_TRUE(analysis.add(windowAt(0, 3, 2)).ok());
    EXPECT_TRUE(analysis.add(windowAt(12, 3, 2)).ok());
    EXPECT_TRUE(analysis.add(inference::SemanticChunk{2, 4, {0.25F, 0.75F}, {0, 1}}).ok());
    EXPECT_TRUE(analysis.add(inference::SemanticChunk{8, 4, {0.5F}, {1}}).ok());
    inference::TokenChunk made{BodyPart::Hands, 1, 4, 2, {1, 2, 3, 4}, {0.5F, 0.25F}, {1.0F, 2.0F}};
    inference::TokenChunk seen{BodyPart::Hands, 5, 4, 2, {9, 8}, {}, {}};
    EXPECT_TRUE(analysis.add(made).ok());
    EXPECT_TRUE(analysis.add(seen).ok());
    analysis.add(inference::Note{"Outside of what it learnt."});
    return analysis;
}

void expectEqualNumbers(std::span<const float> a, std::span<const float> b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        EXPECT_TRUE(a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i]))) << i;
}

TEST_F(Contents, AnalysesComeBackWithTheirNumbers) {
    using Axis = AttentionKeep::Axis;
    for (const AttentionKeep& keep :
         {AttentionKeep{}, AttentionKeep{Axis::Each, Axis::Mean, {}, {}},
          AttentionKeep{Axis::Mean, Axis::Mean, {}, {}},
          AttentionKeep{Axis::Each, Axis::Each, {2}, {}},
          AttentionKeep{Axis::Each, Axis::Each, {0, 2}, {1}}}) {
        const Analysis analysis = exampleAnalysis(keep);
        const ContentHash hash = putAnalysis(blobs(), analysis, control_).value();
        const auto back = readAnalysis(blobs(), hash);
        ASSERT_TRUE(back.ok()) << back.error().message();
        EXPECT_EQ(back->frames(), analysis.frames());
        EXPECT_EQ(back->layers(), analysis.layers());
        EXPECT_EQ(back->heads(), analysis.heads());
        EXPECT_EQ(back->parts(), analysis.parts());
        ASSERT_EQ(back->windows().size(), analysis.windows().size());
        for (std::size_t i = 0; i < analysis.windows().size(); ++i)
            EXPECT_TRUE(back->windows()[i] == analysis.windows()[i]) << i;
        expectEqualNumbers(back->semantic().score, analysis.semantic().score);
        EXPECT_EQ(back->semantic().chosen, analysis.semantic().chosen);
        const auto& tokens = analysis.tokens(BodyPart::Hands);
        EXPECT_EQ(back->tokens(BodyPart::Hands).codes, tokens.codes);
        expectEqualNumbers(back->tokens(BodyPart::Hands).confidence, tokens.confidence);
        EXPECT_EQ(back->notes(), analysis.notes());
    }
}

TEST_F(Contents, AnalysesCutOrChangedAreRefusedInASentence) {
    std::vector<std::byte> bytes;
    const ContentHash hash = putAnalysis(blobs(), exampleAnalysis({}), control_).value();
    ASSERT_TRUE(blobs()
                    .visit(hash, "analysis",
                           [&](BlobStore::Chunk chunk) {
                               bytes.insert(bytes.end(), chunk.begin(), chunk.end());
                               return Status::success();
                           })
                    .ok());
    const auto read = [&](std::span<const std::byte> changed) {
        const ContentHash other =
            blobs()
                .put(
                    "analysis", [&](const BlobStore::Sink& sink) { return sink(changed); },
                    control_)
                .value();
        const auto analysis = readAnalysis(blobs(), other);
        if (!analysis) {
            EXPECT_FALSE(analysis.error().message().empty());
        }
        return analysis.ok();
    };
    EXPECT_TRUE(read(bytes));
    for (std::size_t size = 1; size < 600; size += 13)
        EXPECT_FALSE(read(std::span(bytes).first(size))) << size;
    for (std::size_t at = 0; at < 400; at += 3) {
        auto changed = bytes;
        changed[at] ^= std::byte{0x5a};
        read(changed);
    }
}

TEST_F(Contents, StatesBecomeRowsAndBack) {
    const ProjectState state = test::exampleState();
    const StateRows rows = rowsOf(state).value();
    EXPECT_GT(rows.size(), 20U);
    StateBuilder builder;
    for (const auto& [key, text] : rows)
        ASSERT_TRUE(builder.put(key, text).ok()) << key;
    EXPECT_TRUE(std::move(builder).finish().value() == state);
    EXPECT_TRUE(changesBetween(state, state).value().empty());
    EXPECT_NE(hashOf(state).value(), hashOf(ProjectState()).value());
}

TEST_F(Contents, ChangedWordsTouchTheirOwnRows) {
    ProjectState state = test::exampleState();
    const ProjectState before = state;
    audio::Transcript transcript = *state.transcript;
    transcript.words[300].text = "other";
    state.transcript = transcript;
    const auto changes = changesBetween(before, state).value();
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].key, "words/1");
}

} // namespace
} // namespace gesture::project
