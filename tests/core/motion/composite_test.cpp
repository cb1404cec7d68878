// SPDX-License-Identifier: Apache-2.0
#include "core/motion/composite.h"

#include "core/motion/representation.h"
#include "core/motion/rotation_blend.h"
#include "tests/support/counter_random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace gesture::motion {
namespace {

/// A motion that moves smoothly and, when `stream` differs, quite differently.
struct Motion {
    std::vector<float> poses;
    std::vector<float> translations;
    std::vector<float> expressions;
    std::vector<float> contacts;

    explicit Motion(std::size_t frames, std::uint64_t stream = 0) {
        fill(poses, frames, kPoseSize, 8 * stream, 0.5F);
        fill(translations, frames, 3, 8 * stream + 1, 0.3F);
        fill(expressions, frames, kExpressionCount, 8 * stream + 2, 1.0F);
        contacts.assign(frames * kContactCount, static_cast<float>(stream % 2));
    }

    /// Waves of about half a second to two seconds.
    static void fill(std::vector<float>& values, std::size_t frames, std::size_t columns,
                     std::uint64_t stream, float scale) {
        values.resize(frames * columns);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::size_t column = i % columns;
            const float phase = 3.0F * test::counterUniform(stream, column);
            const float speed = 0.25F + 0.15F * test::counterUniform(stream + 100, column);
            values[i] = scale * test::counterUniform(stream + 200, column) +
                        scale * std::sin(phase + speed * static_cast<float>(i / columns));
        }
    }

    [[nodiscard]] MotionView view() const { return {poses, translations, expressions, contacts}; }
    [[nodiscard]] MotionSpans spans() { return {poses, translations, expressions, contacts}; }
    bool operator==(const Motion&) const = default;
};

using Mask = std::vector<std::uint8_t>;

void paint(Mask& mask, std::size_t begin, std::size_t end, std::initializer_list<BodyPart> parts) {
    for (std::size_t frame = begin; frame < end; ++frame) {
        for (const BodyPart part : parts) {
            mask[4 * frame + static_cast<std::size_t>(part)] = 1;
        }
    }
}

constexpr std::initializer_list<BodyPart> kAll = {BodyPart::Face, BodyPart::Upper, BodyPart::Hands,
                                                  BodyPart::Lower};

Motion composed(const Motion& kept, const Motion& made, const Mask& mask,
                const CompositeOptions& options = {}) {
    Motion out(kept.translations.size() / 3, 99);
    const Status status = composeMotion(kept.view(), made.view(), mask, options, out.spans());
    EXPECT_TRUE(status.ok()) << (status.ok() ? "" : status.error().message());
    return out;
}

/// Cells of a frame that equal the other motion's, bit by bit.
bool sameBytes(const Motion& a, const Motion& b, std::size_t frame, BodyPart part) {
    const auto same = [&](const std::vector<float>& x, const std::vector<float>& y, std::size_t at,
                          std::size_t count) {
        return std::memcmp(&x[at], &y[at], count * sizeof(float)) == 0;
    };
    bool equal = true;
    for (const int joint : jointsOf(part)) {
        const std::size_t at = frame * kPoseSize + 3 * static_cast<std::size_t>(joint);
        equal = equal && same(a.poses, b.poses, at, 3);
    }
    if (part == BodyPart::Face)
        equal =
            equal && same(a.expressions, b.expressions, frame * kExpressionCount, kExpressionCount);
    if (part == BodyPart::Lower)
        equal = equal && same(a.translations, b.translations, 3 * frame, 3) &&
                same(a.contacts, b.contacts, 4 * frame, 4);
    return equal;
}

TEST(Composite, KeepAllReturnsTheBytes) {
    const Motion kept(80, 1);
    EXPECT_EQ(composed(kept, Motion(80, 2), Mask(320, 0)), kept);
}

TEST(Composite, MaskAllReturnsTheMadeMotionButForEyesAndPlace) {
    const Motion kept(80, 1);
    const Motion made(80, 2);
    const Motion out = composed(kept, made, Mask(320, 1));
    for (std::size_t frame = 0; frame < 80; ++frame) {
        EXPECT_TRUE(sameBytes(out, made, frame, BodyPart::Face));
        EXPECT_TRUE(sameBytes(out, made, frame, BodyPart::Upper));
        EXPECT_TRUE(sameBytes(out, made, frame, BodyPart::Hands));
        const std::size_t eye = frame * kPoseSize + 3 * kLeftEye;
        EXPECT_EQ(out.poses[eye], kept.poses[eye]);
    }
    EXPECT_FLOAT_EQ(out.translations[0], kept.translations[0]) << "it begins where it began";
    EXPECT_NEAR(out.translations[3 * 79] - out.translations[0],
                made.translations[3 * 79] - made.translations[0], 1e-5);
}

TEST(Composite, OutsideOfAnyMaskBytesAreKept) {
    const Motion kept(120, 3);
    const Motion made(120, 4);
    for (std::uint64_t stream = 0; stream < 200; ++stream) {
        Mask mask(480, 0);
        for (std::uint64_t i = 0; i < 6; ++i) {
            const std::uint64_t bits = test::counterBits(stream, i);
            const std::size_t begin = bits % 120;
            const std::size_t end = std::min<std::size_t>(120, begin + 1 + (bits >> 59));
            paint(mask, begin, end, {static_cast<BodyPart>((bits >> 40) & 3U)});
        }
        const CompositeOptions options{static_cast<int>(stream % 10)};
        const Motion out = composed(kept, made, mask, options);
        for (std::size_t cell = 0; cell < mask.size(); ++cell) {
            if (mask[cell] != 0) continue;
            ASSERT_TRUE(sameBytes(out, kept, cell / 4, static_cast<BodyPart>(cell % 4)))
                << stream << ", frame " << cell / 4;
        }
    }
}

TEST(Composite, InsideOfTheMarginsIsTheMadeMotion) {
    const Motion kept(100, 5);
    const Motion made(100, 6);
    Mask mask(400, 0);
    paint(mask, 40, 60, {BodyPart::Hands, BodyPart::Face});
    const Motion out = composed(kept, made, mask, {6});
    for (std::size_t frame = 46; frame < 54; ++frame) {
        EXPECT_TRUE(sameBytes(out, made, frame, BodyPart::Hands));
        EXPECT_TRUE(sameBytes(out, made, frame, BodyPart::Face));
    }
    EXPECT_FALSE(sameBytes(out, made, 45, BodyPart::Hands));
}

TEST(Composite, EvenOneFrameIsTheMadeOne) {
    const Motion kept(20, 5);
    const Motion made(20, 6);
    for (const std::size_t length : {1U, 2U, 3U, 4U}) {
        Mask mask(80, 0);
        paint(mask, 8, 8 + length, {BodyPart::Upper});
        const Motion out = composed(kept, made, mask, {6});
        bool found = false;
        for (std::size_t frame = 8; frame < 8 + length; ++frame) {
            found = found || sameBytes(out, made, frame, BodyPart::Upper);
        }
        EXPECT_TRUE(found) << length;
    }
}

double angleBetween(const Motion& motion, std::size_t frame, int joint) {
    const std::size_t at = frame * kPoseSize + 3 * static_cast<std::size_t>(joint);
    const auto a = rotationOf(RotationVector(&motion.poses[at], 3));
    const auto b = rotationOf(RotationVector(&motion.poses[at + kPoseSize], 3));
    return logarithm(a.conjugate() * b).norm();
}

/// Turn from one frame to the next, as a vector: its change is what a viewer sees as a jerk.
Eigen::Vector3d turnAt(const Motion& motion, std::size_t frame, int joint) {
    const std::size_t at = frame * kPoseSize + 3 * static_cast<std::size_t>(joint);
    const auto a = rotationOf(RotationVector(&motion.poses[at], 3));
    const auto b = rotationOf(RotationVector(&motion.poses[at + kPoseSize], 3));
    return logarithm(a.conjugate() * b);
}

TEST(Composite, VelocityDoesNotJumpAtSeams) {
    const Motion kept(100, 7);
    const Motion made(100, 8);
    Mask mask(400, 0);
    paint(mask, 30, 70, kAll);
    constexpr int kMargin = 8;
    const Motion out = composed(kept, made, mask, {kMargin});
    for (const int joint : {0, 3, 16, 18, 20, 22, 30, 50}) {
        // The most that a minimum-jerk blend of the largest difference can add from frame to frame.
        double difference = 0.0;
        double own = 0.0;
        for (std::size_t frame = 28; frame < 72; ++frame) {
            const std::size_t at = frame * kPoseSize + 3 * static_cast<std::size_t>(joint);
            const auto a = rotationOf(RotationVector(&kept.poses[at], 3));
            const auto b = rotationOf(RotationVector(&made.poses[at], 3));
            difference = std::max(difference, logarithm(a.conjugate() * b).norm());
            own =
                std::max({own, angleBetween(kept, frame, joint), angleBetween(made, frame, joint)});
        }
        for (std::size_t frame = 28; frame < 71; ++frame) {
            EXPECT_LE(angleBetween(out, frame, joint), 2.0 * own + 1.9 * difference / (kMargin + 1))
                << joint << " at " << frame;
        }
        // At the seam itself the blend is at rest: velocity changes as smoothly as 1 / margin^2.
        for (const std::size_t seam : {29U, 69U}) {
            const Eigen::Vector3d change = turnAt(out, seam, joint) - turnAt(kept, seam, joint);
            EXPECT_LE(change.norm(), 10.0 * difference / std::pow(kMargin + 1, 3) + 1e-6)
                << joint << " at " << seam;
        }
    }
}

TEST(Composite, PathGoesOnAndMeetsTheKeptOne) {
    const std::size_t frames = 120;
    Motion kept(frames, 9);
    Motion made(frames, 10);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        kept.translations[3 * frame] = 0.01F * static_cast<float>(frame);
        kept.translations[3 * frame + 2] = 0.0F;
        made.translations[3 * frame] = 5.0F - 0.005F * static_cast<float>(frame);
        made.translations[3 * frame + 2] =
            0.1F * std::sin(0.08F * (static_cast<float>(frame) - 40.0F));
    }
    Mask mask(4 * frames, 0);
    paint(mask, 40, 80, {BodyPart::Lower});
    const Motion out = composed(kept, made, mask, {6});
    for (std::size_t frame = 1; frame < frames; ++frame) {
        const float step = out.translations[3 * frame] - out.translations[3 * frame - 3];
        EXPECT_LE(std::abs(step), 0.05F) << "no jump of metres at " << frame;
    }
    EXPECT_EQ(out.translations[3 * 80], kept.translations[3 * 80]);
    const float middle = out.translations[3 * 60 + 2];
    EXPECT_GT(middle, 0.05F) << "the new steps are there";
    const float first = out.translations[3 * 40] - out.translations[3 * 39];
    EXPECT_NEAR(first, 0.01F, 0.002F) << "the velocity at the seam is the kept one's";
}

TEST(Composite, FollowingMovesWhatComesAfterAlongTheGround) {
    const std::size_t frames = 100;
    Motion kept(frames, 11);
    Motion made(frames, 12);
    Mask mask(4 * frames, 0);
    paint(mask, 20, 40, {BodyPart::Lower});
    paint(mask, 60, 70, {BodyPart::Lower});
    const Motion out = composed(kept, made, mask, {4, PathAfter::Follows});
    const float shift = out.translations[3 * 50] - kept.translations[3 * 50];
    EXPECT_GT(std::abs(shift), 1e-3F);
    for (std::size_t frame = 40; frame < 60; ++frame) {
        EXPECT_NEAR(out.translations[3 * frame] - kept.translations[3 * frame], shift, 1e-6F);
        EXPECT_EQ(out.translations[3 * frame + 1], kept.translations[3 * frame + 1]);
    }
    const float made40 = made.translations[3 * 40] - made.translations[3 * 19];
    EXPECT_NEAR(out.translations[3 * 40] - kept.translations[3 * 19], made40, 1e-5F);
    for (std::size_t frame = 1; frame < frames; ++frame) {
        EXPECT_LE(std::abs(out.translations[3 * frame] - out.translations[3 * frame - 3]), 0.4F);
    }
    EXPECT_EQ(out.poses[kPoseSize * 50], kept.poses[kPoseSize * 50]);
}

TEST(Composite, UnmaskedLowerBodyKeepsThePath) {
    const Motion kept(60, 13);
    Mask mask(240, 0);
    paint(mask, 10, 50, {BodyPart::Face, BodyPart::Upper, BodyPart::Hands});
    EXPECT_EQ(composed(kept, Motion(60, 14), mask).translations, kept.translations);
}

TEST(Composite, MissingContactsAreLeftOut) {
    Motion kept(30, 1);
    kept.contacts.clear();
    Motion out(30, 2);
    const std::vector<float> before = out.contacts;
    ASSERT_TRUE(
        composeMotion(kept.view(), Motion(30, 3).view(), Mask(120, 1), {}, out.spans()).ok());
    EXPECT_EQ(out.contacts, before);
}

TEST(Composite, SizesThatDoNotFitAreRefused) {
    const Motion kept(30, 1);
    Motion out(30, 2);
    EXPECT_FALSE(composeMotion(kept.view(), Motion(29).view(), Mask(120), {}, out.spans()).ok());
    EXPECT_FALSE(composeMotion(kept.view(), Motion(30).view(), Mask(119), {}, out.spans()).ok());
    EXPECT_EQ(
        composeMotion(kept.view(), Motion(30).view(), Mask(120), {-1}, out.spans()).error().code(),
        ErrorCode::Usage);
}

TEST(MotionArrays, BadNumbersAndSizesAreNamed) {
    Motion motion(10, 1);
    EXPECT_TRUE(checkMotion(motion.view()).ok());
    motion.expressions[3 * kExpressionCount + 5] = std::nanf("");
    EXPECT_NE(checkMotion(motion.view())
                  .error()
                  .message()
                  .find("expressions hold a number that "
                        "is not finite in frame 3"),
              std::string::npos);
    motion.poses.pop_back();
    EXPECT_FALSE(checkMotion(motion.view()).ok());
}

} // namespace
} // namespace gesture::motion
