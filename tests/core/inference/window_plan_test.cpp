// SPDX-License-Identifier: Apache-2.0
#include "core/inference/window_plan.h"

#include "core/motion/clip.h"
#include "tests/support/counter_random.h"

#include <gtest/gtest.h>

namespace gesture::inference {
namespace {

using motion::BodyPart;

constexpr PartSet kHands{{false, false, true, false}};

/// Fresh parts follow each other from 0 to the end, lie in what their windows see, and their tokens
/// do so as well.
void expectComplete(const GenerationPlan& plan, const WindowSizes& sizes) {
    FrameIndex next{0};
    std::int64_t tokens = 0;
    for (const GenerationWindow& window : plan.windows) {
        ASSERT_EQ(window.fresh.begin, next);
        ASSERT_FALSE(window.fresh.empty());
        ASSERT_LE(window.frames.begin, window.fresh.begin);
        ASSERT_GE(window.frames.end, window.fresh.end);
        ASSERT_LE(window.frames.length(), sizes.window);
        ASSERT_EQ(window.frames.begin.value + window.kept.begin * sizes.framesPerToken,
                  window.fresh.begin.value);
        ASSERT_EQ(window.frames.begin.value % sizes.hop(), 0);
        tokens += window.kept.length();
        next = window.fresh.end;
    }
    ASSERT_EQ(next.value, plan.frames);
    ASSERT_EQ(tokens, plan.tokens);
}

TEST(GenerationPlan, ProductCoversEveryFrameOnceForAnyLength) {
    for (const WindowSizes& sizes : {kTokenWindows, kEmageWindows}) {
        for (std::int64_t frames = 1; frames <= 2000; ++frames) {
            const auto plan = planGeneration(frames, sizes, WindowRules::Product);
            ASSERT_TRUE(plan.ok());
            ASSERT_EQ(plan->frames, frames);
            expectComplete(*plan, sizes);
            if (HasFatalFailure()) FAIL() << frames;
        }
    }
}

TEST(GenerationPlan, ShortSpeechIsOneWindowThatIsFilledUp) {
    const auto plan = planGeneration(10, kTokenWindows, WindowRules::Product);
    ASSERT_TRUE(plan.ok());
    ASSERT_EQ(plan->windows.size(), 1U);
    EXPECT_EQ(plan->windows[0].frames, (FrameRange{{0}, {64}}));
    EXPECT_EQ(plan->windows[0].fresh, (FrameRange{{0}, {10}}));
    EXPECT_EQ(plan->windows[0].kept, (TokenRange{0, 3}));
    EXPECT_EQ(plan->tokens, 3);
}

TEST(GenerationPlan, ReferenceMakesWholeWindowsOnly) {
    for (std::int64_t frames = 64; frames <= 2000; ++frames) {
        const auto plan = planGeneration(frames, kTokenWindows, WindowRules::Reference);
        ASSERT_TRUE(plan.ok());
        const std::int64_t windows = (frames - 4) / 60;
        ASSERT_EQ(std::ssize(plan->windows), windows);
        ASSERT_EQ(plan->frames, 60 * windows + 4);
        ASSERT_EQ(plan->tokens, 15 * windows + 1);
        expectComplete(*plan, kTokenWindows);
        for (std::size_t i = 0; i < plan->windows.size(); ++i) {
            ASSERT_EQ(plan->windows[i].frames.length(), 64);
            ASSERT_EQ(plan->windows[i].kept, (TokenRange{i == 0 ? 0 : 1, 16}));
        }
    }
}

TEST(GenerationPlan, ReferenceHasNothingForLessThanAWindow) {
    const auto plan = planGeneration(63, kTokenWindows, WindowRules::Reference);
    ASSERT_FALSE(plan.ok());
    EXPECT_NE(plan.error().message().find("it takes 64"), std::string::npos);
    EXPECT_FALSE(planGeneration(8, kEmageWindows, WindowRules::Reference).ok());
    EXPECT_TRUE(planGeneration(9, kEmageWindows, WindowRules::Reference).ok());
}

// Frames of the loop in EmageAudioModel.inference, modeling_emage_audio.py.
TEST(GenerationPlan, EmageReferenceHasAShorterLastWindow) {
    const auto plan = planGeneration(150, kEmageWindows, WindowRules::Reference);
    ASSERT_TRUE(plan.ok());
    ASSERT_EQ(plan->windows.size(), 3U);
    EXPECT_EQ(plan->frames, 150);
    EXPECT_EQ(plan->windows[1].frames, (FrameRange{{60}, {124}}));
    EXPECT_EQ(plan->windows[1].fresh, (FrameRange{{60}, {120}}));
    EXPECT_EQ(plan->windows[1].kept, (TokenRange{0, 60}));
    EXPECT_EQ(plan->windows[2].frames, (FrameRange{{120}, {150}}));
    EXPECT_EQ(plan->windows[2].fresh, (FrameRange{{120}, {150}}));
}

TEST(GenerationPlan, EmageReferenceDropsAShortRestAndTheLastSeed) {
    for (std::int64_t frames = 9; frames <= 1000; ++frames) {
        const auto plan = planGeneration(frames, kEmageWindows, WindowRules::Reference);
        const std::int64_t rest = (frames - 4) % 60;
        if (frames < 64 && rest <= 4) continue;
        ASSERT_TRUE(plan.ok());
        ASSERT_EQ(plan->frames, rest > 4 ? frames : (frames - 4) / 60 * 60) << frames;
        expectComplete(*plan, kEmageWindows);
    }
}

TEST(GenerationPlan, HoursWorkAndNonsenseIsRefused) {
    const auto hours = planGeneration(4 * 3600 * 30, kTokenWindows, WindowRules::Product);
    ASSERT_TRUE(hours.ok());
    EXPECT_EQ(hours->windows.size(), 7200U);
    expectComplete(*hours, kTokenWindows);
    for (const WindowRules rules : {WindowRules::Product, WindowRules::Reference}) {
        EXPECT_FALSE(planGeneration(0, kTokenWindows, rules).ok());
        EXPECT_FALSE(planGeneration(-5, kTokenWindows, rules).ok());
        EXPECT_EQ(planGeneration(std::int64_t{1} << 62, kTokenWindows, rules).error().code(),
                  ErrorCode::LimitExceeded);
    }
}

bool hiddenAt(const EditWindow& window, std::int64_t frame, int part) {
    return window.hidden[static_cast<std::size_t>(4 * (frame - window.begin.value) + part)] != 0;
}

/// Every cell is made exactly once, is hidden then, and later windows see it; what is kept is seen
/// by all.
void expectSound(const EditPlan& plan, const WindowSizes& sizes) {
    EditMask left = plan.cells;
    const std::int64_t frames = left.frameCount();
    for (const EditWindow& window : plan.windows) {
        ASSERT_GE(window.begin.value, 0);
        ASSERT_EQ(window.begin.value % sizes.framesPerToken, 0);
        ASSERT_EQ(std::ssize(window.hidden), 4 * sizes.window);
        ASSERT_GE(window.fresh.begin, window.begin);
        ASSERT_LE(window.fresh.end, window.begin + sizes.window);
        for (std::int64_t f = window.begin.value; f < window.begin.value + sizes.window; ++f) {
            for (int part = 0; part < 4; ++part) {
                const bool wanted = f >= frames || left.at({f}, static_cast<BodyPart>(part));
                ASSERT_EQ(hiddenAt(window, f, part), wanted) << f;
            }
        }
        ASSERT_GT(left.share(window.fresh), 0.0) << "a window that makes nothing";
        left.erase(window.fresh, kAllParts);
    }
    ASSERT_TRUE(left.empty());
}

/// Frames just before and after `fresh` that a window sees whole.
std::int64_t seenBefore(const EditWindow& window) {
    std::int64_t count = 0;
    for (std::int64_t f = window.fresh.begin.value - 1; f >= window.begin.value; --f) {
        for (int part = 0; part < 4; ++part) {
            if (hiddenAt(window, f, part)) return count;
        }
        ++count;
    }
    return count;
}

std::int64_t seenAfter(const EditWindow& window, const WindowSizes& sizes) {
    std::int64_t count = 0;
    for (std::int64_t f = window.fresh.end.value; f < window.begin.value + sizes.window; ++f) {
        for (int part = 0; part < 4; ++part) {
            if (hiddenAt(window, f, part)) return count;
        }
        ++count;
    }
    return count;
}

TEST(EditPlan, NothingMaskedNeedsNoWindow) {
    EXPECT_TRUE(planEdit(EditMask(100), kTokenWindows).windows.empty());
    EXPECT_TRUE(planEdit(EditMask(0), kTokenWindows).windows.empty());
}

TEST(EditPlan, AnyRunOfAnyLengthSeesMotionOnBothSides) {
    constexpr std::int64_t kFrames = 403;
    for (const WindowSizes& sizes : {kTokenWindows, kEmageWindows}) {
        for (std::int64_t begin = 0; begin < kFrames; begin += 5) {
            for (std::int64_t end = begin + 1; end <= kFrames; end += 3) {
                EditMask mask(kFrames);
                mask.paint({{begin}, {end}}, kHands);
                const EditPlan plan = planEdit(mask, sizes);
                expectSound(plan, sizes);
                if (HasFatalFailure()) FAIL() << begin << " to " << end;
                const FrameRange cells = plan.cells.runs().front();
                for (const EditWindow& window : plan.windows) {
                    ASSERT_GE(seenBefore(window),
                              std::min<std::int64_t>(4, window.fresh.begin.value));
                }
                ASSERT_GE(seenAfter(plan.windows.back(), sizes),
                          std::min<std::int64_t>(4, kFrames - cells.end.value));
                ASSERT_TRUE(cells.length() > 48 || plan.windows.size() == 1U);
            }
        }
    }
}

TEST(EditPlan, ShortRunsSeeTwelveFramesOnBothSides) {
    EditMask mask(300);
    mask.paint({{101}, {137}}, kAllParts);
    const EditPlan plan = planEdit(mask, kTokenWindows);
    ASSERT_EQ(plan.windows.size(), 1U);
    EXPECT_EQ(plan.cells.runs().front(), (FrameRange{{100}, {140}}));
    EXPECT_EQ(plan.windows[0].begin.value, 88);
    EXPECT_EQ(plan.windows[0].fresh, (FrameRange{{100}, {140}}));
}

TEST(EditPlan, LongRunsAreChainedByTheHop) {
    EditMask mask(400);
    mask.paint({{100}, {280}}, kAllParts);
    const EditPlan plan = planEdit(mask, kTokenWindows);
    ASSERT_EQ(plan.windows.size(), 4U);
    EXPECT_EQ(plan.windows[0].begin.value, 88);
    EXPECT_EQ(plan.windows[1].begin.value, 148);
    EXPECT_EQ(plan.windows[0].fresh, (FrameRange{{100}, {152}}));
    EXPECT_EQ(plan.windows[1].fresh, (FrameRange{{152}, {212}}));
    EXPECT_EQ(plan.windows.back().fresh.end.value, 280);
}

TEST(EditPlan, ScatteredFramesAreMadeTogether) {
    EditMask mask(64);
    for (std::int64_t frame = 10; frame < 54; frame += 3) {
        mask.paint({{frame}, {frame + 1}}, kAllParts);
    }
    const EditPlan plan = planEdit(mask, kEmageWindows);
    ASSERT_EQ(plan.windows.size(), 1U);
    EXPECT_EQ(plan.windows[0].begin.value, 0);
    EXPECT_FALSE(hiddenAt(plan.windows[0], 11, 0));
}

TEST(EditPlan, RandomMasksAreMadeOnce) {
    for (std::uint64_t stream = 0; stream < 300; ++stream) {
        const auto frames = static_cast<std::int64_t>(1 + test::counterBits(stream, 0) % 900);
        EditMask mask(frames);
        const std::uint64_t strokes = 1 + test::counterBits(stream, 1) % 12;
        for (std::uint64_t i = 0; i < strokes; ++i) {
            const std::uint64_t bits = test::counterBits(stream, 2 + i);
            const auto begin = static_cast<std::int64_t>(bits % static_cast<std::uint64_t>(frames));
            PartSet parts = kAllParts;
            parts.values[(bits >> 40) & 3U] = false;
            mask.paint({{begin}, {begin + 1 + static_cast<std::int64_t>(bits >> 57)}}, parts);
        }
        for (const WindowSizes& sizes : {kTokenWindows, kEmageWindows}) {
            expectSound(planEdit(mask, sizes), sizes);
            if (HasFatalFailure()) FAIL() << stream;
        }
    }
}

TEST(EditPlan, MotionsShorterThanAWindowWork) {
    EditMask mask(5);
    mask.paint({{4}, {5}}, kHands);
    const EditPlan plan = planEdit(mask, kTokenWindows);
    ASSERT_EQ(plan.windows.size(), 1U);
    EXPECT_EQ(plan.windows[0].begin.value, 0);
    EXPECT_EQ(plan.windows[0].fresh, (FrameRange{{4}, {5}}));
    expectSound(plan, kTokenWindows);
}

} // namespace
} // namespace gesture::inference
