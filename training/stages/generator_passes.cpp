// SPDX-License-Identifier: Apache-2.0
#include "training/stages/generator_passes.h"

#include "training/stages/stage_support.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/rand_like.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/where.h>

#include <algorithm>

namespace gesture::training {

namespace {

constexpr std::int64_t kSeedFrames = 4;
constexpr std::int64_t kFirstWord = 3; ///< Channel, behind stress, apex and "no word".

/// Known events (batch, frames, channels) as an alignment would have found them.
at::Tensor inexactEvents(const at::Tensor& events) {
    constexpr double kWrongWords = 0.1;
    const auto whole = events.options().dtype(at::kLong);
    const std::int64_t batch = events.size(0);
    const at::Tensor shift = at::randint(-1, 2, {batch, 1}, whole);
    const at::Tensor rows =
        (at::arange(events.size(1), whole) + shift).clamp(0, events.size(1) - 1);
    const at::Tensor moved = events.gather(1, rows.unsqueeze(-1).expand_as(events));
    const std::int64_t words = events.size(2) - kFirstWord;
    if (words < 2) return moved;
    const at::Tensor said = moved.narrow(2, kFirstWord, words);
    const at::Tensor turn = at::randint(1, words, {batch, 1, 1}, whole);
    const at::Tensor other = (at::arange(words, whole) + turn).remainder(words).expand_as(said);
    const at::Tensor wrong = at::rand({batch, 1, 1}, events.options()) < kWrongWords;
    return at::cat({moved.narrow(2, 0, kFirstWord), at::where(wrong, said.gather(2, other), said)},
                   2);
}

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
    return at::where(known, inexactEvents(events->second), heard);
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
