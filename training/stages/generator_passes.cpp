// SPDX-License-Identifier: Apache-2.0
#include "training/stages/generator_passes.h"

#include "training/stages/stage_support.h"

#include <ATen/ops/ones_like.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/rand_like.h>
#include <ATen/ops/where.h>

#include <algorithm>

namespace gesture::training {

namespace {

constexpr std::int64_t kSeedFrames = 4;

} // namespace

std::vector<MaskPass> passesOf(const PassSettings& settings) {
    if (!settings.onePerStep) return {MaskPass::Seed, MaskPass::Unheard, MaskPass::Heard};
    const double lot = at::rand({1}).item<double>();
    if (lot < settings.seedShare) return {MaskPass::Seed};
    if (lot < settings.seedShare + settings.heardShare) return {MaskPass::Heard};
    return {MaskPass::Unheard};
}

double hiddenShare(const PassSettings& settings, const StepContext& context) {
    const double progress =
        settings.maskSteps > 0.0
            ? static_cast<double>(context.step) /
                  std::max(1.0, settings.maskSteps * static_cast<double>(context.totalSteps))
            : static_cast<double>(context.epoch()) / std::max(1.0, settings.maskEpochs);
    return settings.maskFrom + (settings.maskTo - settings.maskFrom) * std::min(1.0, progress);
}

at::Tensor seedMask(const at::Tensor& motion) {
    at::Tensor mask = at::ones_like(motion);
    mask.narrow(1, 0, kSeedFrames).zero_();
    return mask;
}

at::Tensor numberMask(const at::Tensor& motion, double share) {
    return (at::rand_like(motion) < share).to(motion.scalar_type());
}

models::MotionContext contextOf(const Batch& batch, const at::Tensor& mask) {
    const at::Tensor& motion = entryOf(batch, "motion");
    const at::Tensor speaker = entryOf(batch, "speaker").to(at::kLong).view({-1, 1});
    return {motion, mask, speaker.expand({motion.size(0), motion.size(1)})};
}

at::Tensor posteriorsOf(const Batch& batch, const models::GeneratorSizes& sizes,
                        models::Pass pass) {
    if (!sizes.speechPosteriors) return {};
    const auto events = batch.find("events");
    const at::Tensor& heard = entryOf(batch, "posteriors");
    if (!isTraining(pass) || events == batch.end()) return heard;
    const at::Tensor known = at::rand({heard.size(0), 1, 1}, heard.options()) < 0.5;
    return at::where(known, events->second, heard);
}

io::NetworkSizes namedSizes(const models::GeneratorSizes& sizes) {
    const models::GeneratorSizes published;
    io::NetworkSizes named;
    const auto number = [&](const char* name, std::int64_t models::GeneratorSizes::*size) {
        if (sizes.*size != published.*size) named[name] = {sizes.*size};
    };
    const auto flag = [&](const char* name, bool models::GeneratorSizes::*size) {
        if (sizes.*size) named[name] = {1};
    };
    using S = models::GeneratorSizes;
    number("motion", &S::motion);
    number("window", &S::window);
    number("hidden", &S::hidden);
    number("latent", &S::latent);
    number("speech", &S::speech);
    number("projected", &S::projected);
    number("beat", &S::beat);
    number("sentence", &S::sentence);
    number("words", &S::words);
    number("word_width", &S::wordWidth);
    number("speakers", &S::speakers);
    number("codes", &S::codes);
    number("code_layers", &S::codeLayers);
    number("heads", &S::heads);
    number("residual_heads", &S::residualHeads);
    number("hidden_feed_forward", &S::hiddenFeedForward);
    number("latent_feed_forward", &S::latentFeedForward);
    number("residual_feed_forward", &S::residualFeedForward);
    number("query_feed_forward", &S::queryFeedForward);
    number("face_layers", &S::faceLayers);
    number("hint_layers", &S::hintLayers);
    number("residual_depth", &S::residualDepth);
    number("alignment_layers", &S::alignmentLayers);
    number("posteriors", &S::posteriors);
    flag("normalised", &S::normalised);
    flag("pe_on_speech", &S::peOnSpeech);
    flag("frame_aligned", &S::frameAligned);
    flag("speech_posteriors", &S::speechPosteriors);
    flag("adapted_speech", &S::adaptedSpeech);
    flag("sentence_of_words", &S::sentenceOfWords);
    return named;
}

} // namespace gesture::training
