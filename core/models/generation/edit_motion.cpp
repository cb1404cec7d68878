// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/edit_motion.h"

#include "core/inference/edit_mask.h"
#include "core/inference/finish_motion.h"
#include "core/inference/mask_training.h"
#include "core/inference/window_plan.h"
#include "core/models/generation/added_idle.h"
#include "core/models/generation/generate_motion.h"
#include "core/models/generation/motion_rows.h"
#include "core/models/generation/motion_track.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/representation.h"

#include <ATen/ops/zeros.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace gesture::models {

namespace {

using inference::EditMask;
using inference::EditRequest;
using inference::MotionFrames;
using motion::BodyPart;

inference::MaskTraining trainingOf(io::Architecture architecture) {
    switch (architecture) {
    case io::Architecture::SemTalk:
        return inference::semTalkMaskTraining();
    case io::Architecture::EchoMask:
        return inference::echoMaskMaskTraining();
    case io::Architecture::Emage:
        return inference::emageMaskTraining();
    }
    return {};
}

/// Frames whose number is a multiple of a token: the last one is repeated.
MotionFrames filledUp(const MotionFrames& frames, std::int64_t step) {
    MotionFrames filled = frames;
    const FrameRange last{{frames.count() - 1}, {frames.count()}};
    while (filled.count() % step != 0)
        append(filled, sliceOf(frames, last));
    return filled;
}

/// Copies what belongs to a part in one frame.
void copyPart(BodyPart part, std::int64_t frame, const MotionFrames& from, std::int64_t fromFrame,
              MotionFrames& to) {
    const auto source = static_cast<std::size_t>(fromFrame);
    const auto target = static_cast<std::size_t>(frame);
    const auto copy = [&](const std::vector<float>& values, std::vector<float>& out,
                          std::size_t width, std::size_t first, std::size_t count) {
        std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(source * width + first), count,
                    out.begin() + static_cast<std::ptrdiff_t>(target * width + first));
    };
    for (const int joint : motion::jointsOf(part))
        copy(from.poses, to.poses, motion::kPoseSize, 3 * static_cast<std::size_t>(joint), 3);
    if (part == BodyPart::Face)
        copy(from.expressions, to.expressions, motion::kExpressionCount, 0,
             motion::kExpressionCount);
    if (part != BodyPart::Lower) return;
    copy(from.translations, to.translations, 3, 0, 3);
    copy(from.contacts, to.contacts, motion::kContactCount, 0, motion::kContactCount);
}

/// Whether the networks can make what the mask covers. InvalidInput for a face whose expressions
/// mean something else than the networks'.
Status checkFaces(const EditRequest& request, const EditMask& mask,
                  motion::ExpressionSpace networks) {
    if (request.motion.expressionSpace == networks) return Status::success();
    for (std::int64_t frame = 0; frame < mask.frameCount(); ++frame)
        if (mask.at({frame}, BodyPart::Face))
            return Error{ErrorCode::InvalidInput,
                         fmt::format("The motion's face has expressions of '{}', the bundle makes "
                                     "those of '{}': leave the face out of the mask.",
                                     motion::nameOf(request.motion.expressionSpace),
                                     motion::nameOf(networks))};
    return Status::success();
}

/// One edit's way through its windows.
class Edit {
public:
    Edit(const LoadedBundle& bundle, const SpeechFeatures& speech, const EditRequest& request,
         const EditMask& mask)
        : codec_(*bundle.codec)
        , sizes_(windowSizesOf(bundle))
        , plan_(inference::planEdit(mask, sizes_))
        , frames_(request.motion.count())
        , seen_(filledUp(withFacesOf(bundle.bundle.manifest.expressions, request.motion),
                         codec_.framesPerToken()))
        , made_(seen_)
        , session_(bundle.generator->hear(speech, *bundle.reader, codec_)) {
        for (const BodyPart part : kCodedParts) {
            codes_[part] = codec_.encode(part, partRows(part, seen_, {{0}, {seen_.count()}}));
            decodable_[part] = codec_.decodable(part, codes_[part]).clone();
        }
    }

    Status run(const CodeChoice& choice, JobControl& control) {
        control.beginStage("Regenerating", static_cast<std::int64_t>(plan_.windows.size()));
        std::int64_t done = 0;
        for (const inference::EditWindow& window : plan_.windows) {
            if (control.stopRequested()) return JobControl::cancelled("Regenerating");
            take(window, session_->generate(inputOf(window), choice));
            control.advanceTo(++done);
        }
        return Status::success();
    }

    /// The motion as made, valid where it is masked and a frame around it.
    [[nodiscard]] MotionFrames made() const { return sliceOf(made_, {{0}, {frames_}}); }

    [[nodiscard]] const inference::PerPart<at::Tensor>& codes() const { return codes_; }

private:
    [[nodiscard]] WindowInput inputOf(const inference::EditWindow& window) const {
        WindowInput input;
        input.begin = window.begin.value;
        const at::Tensor rows = wholeMotionRows(seen_, {{0}, {seen_.count()}});
        input.motion = windowRows(rows, input.begin, sizes_.window);
        input.mask = at::zeros({sizes_.window, motion::kMotionChannels});
        auto* hidden = input.mask.data_ptr<float>();
        for (std::int64_t frame = 0; frame < sizes_.window; ++frame) {
            float* row = hidden + frame * motion::kMotionChannels;
            for (const BodyPart part : kCodedParts) {
                const auto cell = static_cast<std::size_t>(frame * motion::kBodyPartCount) +
                                  static_cast<std::size_t>(part);
                if (window.hidden[cell] == 0) continue;
                for (const int column : motion::motionColumns(part))
                    row[column] = 1.0F;
            }
        }
        return input;
    }

    /// Takes over the tokens that are this window's to make, and decodes them where they lie.
    void take(const inference::EditWindow& window, const WindowCodes& codes) {
        const std::int64_t step = sizes_.framesPerToken;
        const FrameRange fresh{window.fresh.begin,
                               {std::min(window.fresh.end.value, seen_.count())}};
        for (const BodyPart part : kCodedParts) {
            const at::Tensor& motion = codes.motion[part];
            const at::Tensor decodable =
                motion.is_floating_point() ? motion : codec_.decodable(part, codes.codes[part]);
            for (std::int64_t token = fresh.begin.value / step;
                 token * step < std::min(fresh.end.value, frames_); ++token) {
                if (!plan_.cells.at({token * step}, part)) continue;
                const std::int64_t made = token - window.begin.value / step;
                codes_[part].select(0, token).copy_(codes.codes[part].select(0, made));
                decodable_[part].select(0, token).copy_(decodable.select(0, made));
            }
        }
        const FrameRange around{{std::max<std::int64_t>(0, fresh.begin.value - 1)},
                                {std::min(seen_.count(), fresh.end.value + 1)}};
        MotionFrames decoded = decodeFrames(codec_, decodable_, around);
        std::array<float, 3> start{};
        std::copy_n(seen_.translations.begin() + 3 * around.begin.value, 3, start.begin());
        integrateRoot(decoded, start);
        overwrite(made_, around.begin, decoded);
        for (std::int64_t f = fresh.begin.value; f < std::min(fresh.end.value, frames_); ++f)
            for (const BodyPart part : kCodedParts)
                if (plan_.cells.at({f}, part))
                    copyPart(part, f, decoded, f - around.begin.value, seen_);
    }

    const MotionCodec& codec_;
    inference::WindowSizes sizes_;
    inference::EditPlan plan_;
    std::int64_t frames_;
    MotionFrames seen_; ///< What the networks look at: kept motion, and what was made so far.
    MotionFrames made_; ///< As it was decoded, all parts.
    inference::PerPart<at::Tensor> codes_;
    inference::PerPart<at::Tensor> decodable_; ///< The codes, or what the networks expected.
    std::unique_ptr<WindowGenerator::Session> session_;
};

} // namespace

Status editMotion(const LoadedBundle& bundle, const SpeechFeatures& speech,
                  const EditRequest& request, inference::ResultSink& sink, JobControl& control) {
    const auto mask = EditMask::fromCells(request.mask);
    if (!mask) return mask.error();
    if (mask->frameCount() != request.motion.count())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The mask has {} frames, the motion {}.", mask->frameCount(),
                                 request.motion.count())};
    if (auto known = checkFaces(request, *mask, bundle.bundle.manifest.expressions); !known)
        return known;
    const auto speaker = speakerOf(bundle, request.options.speaker);
    if (!speaker) return speaker.error();
    const auto judged =
        inference::judgeMask(*mask, trainingOf(bundle.bundle.manifest.architecture));
    for (const inference::Note& note : judged.notes)
        sink.note(note);
    if (mask->empty()) return Status::success();
    Edit edit(bundle, speech, request, *mask);
    const CodeChoice choice{request.options.sampling, request.options.seed,
                            request.options.semanticThreshold, *speaker};
    if (auto ran = edit.run(choice, control); !ran) return ran;
    const auto made = withIdle(bundle, request.options, edit.made(), control);
    if (!made) return made.error();
    const auto finished = inference::finishEdit(request, *made, motion::averageRestJoints());
    if (!finished) return finished.error();
    for (const inference::Note& note : finished->notes)
        sink.note(note);
    for (const BodyPart part : kCodedParts)
        sink.tokens(tokenChunk(part, *bundle.codec, edit.codes()[part]));
    for (const FrameRange& run : mask->runs())
        sink.motion({run.begin, run.end, sliceOf(finished->motion, run)});
    return Status::success();
}

} // namespace gesture::models
