// SPDX-License-Identifier: Apache-2.0
#include "core/inference/engine_protocol.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace gesture::inference {

namespace {

constexpr std::size_t kContacts = 4;

void appendRows(std::vector<float>& to, const std::vector<float>& from, std::int64_t begin,
                std::int64_t end, std::ptrdiff_t width) {
    if (from.empty()) return;
    to.insert(to.end(), from.begin() + begin * width, from.begin() + end * width);
}

void append(MotionFrames& to, const MotionFrames& from, std::int64_t begin, std::int64_t end) {
    to.expressionSpace = from.expressionSpace;
    appendRows(to.poses, from.poses, begin, end, motion::kPoseSize);
    appendRows(to.translations, from.translations, begin, end, 3);
    appendRows(to.expressions, from.expressions, begin, end, motion::kExpressionCount);
    appendRows(to.contacts, from.contacts, begin, end, kContacts);
}

} // namespace

Status checkHello(const Hello& engine, std::string_view ownProgram) {
    if (engine.protocol == kProtocolVersion) return Status::success();
    return Error{
        ErrorCode::Unavailable,
        fmt::format("gesture-engine {} speaks version {} of the protocol and this program, "
                    "{}, speaks version {}: build or install both anew.",
                    shownText(engine.program), engine.protocol, ownProgram, kProtocolVersion)};
}

Status checkShape(const MotionFrames& motion) {
    const auto frames = static_cast<std::size_t>(motion.count());
    const auto fits = [frames](const std::vector<float>& values, std::size_t width) {
        return values.size() == frames * width;
    };
    if (fits(motion.poses, motion::kPoseSize) && fits(motion.translations, 3) &&
        fits(motion.expressions, motion::kExpressionCount) &&
        (motion.contacts.empty() || fits(motion.contacts, kContacts)))
        return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("A motion of {} frames has {} pose, {} translation, {} expression and "
                             "{} contact values; there must be {}, 3, {} and 4 (or no contacts) a "
                             "frame.",
                             frames, motion.poses.size(), motion.translations.size(),
                             motion.expressions.size(), motion.contacts.size(), motion::kPoseSize,
                             motion::kExpressionCount)};
}

MotionFrames framesOf(const MotionFrames& motion, std::int64_t begin, std::int64_t end) {
    MotionFrames part;
    end = std::clamp<std::int64_t>(end, 0, motion.count());
    append(part, motion, std::clamp<std::int64_t>(begin, 0, end), end);
    return part;
}

Status MotionUpload::add(const MotionPart& part) {
    const std::int64_t have = motion_.count();
    const std::int64_t more = part.frames.count();
    if (part.begin.value != have) {
        return Error{ErrorCode::InvalidInput,
                     fmt::format("A part of a motion begins at frame {}, but {} are there.",
                                 part.begin.value, have)};
    }
    if (more > kMaxFrames - have) {
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("A motion has more than {} frames.", kMaxFrames)};
    }
    if (have > 0 && part.frames.contacts.empty() != motion_.contacts.empty()) {
        return Error{ErrorCode::InvalidInput,
                     "Some parts of a motion have foot contacts and some have none."};
    }
    if (have > 0 && part.frames.expressionSpace != motion_.expressionSpace) {
        return Error{ErrorCode::InvalidInput,
                     "The expressions of a motion's parts do not mean the same."};
    }
    append(motion_, part.frames, 0, more);
    return Status::success();
}

Result<MotionFrames> MotionUpload::take(std::int64_t frames) {
    MotionFrames motion = std::exchange(motion_, {});
    if (motion.count() == frames) return motion;
    return Error{ErrorCode::InvalidInput,
                 fmt::format("A request is about a motion of {} frames, but {} were sent.", frames,
                             motion.count())};
}

} // namespace gesture::inference
