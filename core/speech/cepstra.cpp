// SPDX-License-Identifier: Apache-2.0
#include "core/speech/cepstra.h"

#include "core/speech/sphinx_guard.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <memory>
#include <pocketsphinx.h>
#include <sphinxbase/cmd_ln.h>
#include <sphinxbase/fe.h>

namespace gesture::speech {

namespace {

constexpr std::size_t kBlockFrames = 512;
/// Half the stretch over which the mean is taken.
constexpr std::int64_t kMeanReach = 3000;
/// Quiet frames count for the mean at most as this share of the loud ones.
constexpr double kPauseShare = 0.8;

struct FreeConfig {
    void operator()(cmd_ln_t* config) const { cmd_ln_free_r(config); }
};
struct FreeFrontEnd {
    void operator()(fe_t* frontEnd) const { fe_free(frontEnd); }
};
using Config = std::unique_ptr<cmd_ln_t, FreeConfig>;
using FrontEnd = std::unique_ptr<fe_t, FreeFrontEnd>;

Result<FrontEnd> openFrontEnd(const std::filesystem::path& folder) {
    silenceSphinx();
    const std::string parameters = (folder / "feat.params").string();
    const Config config(cmd_ln_parse_file_r(nullptr, ps_args(), parameters.c_str(), FALSE));
    if (config) {
        cmd_ln_set_boolean_r(config.get(), "-remove_silence", FALSE);
        FrontEnd frontEnd(fe_init_auto_r(config.get()));
        if (frontEnd && fe_get_output_size(frontEnd.get()) == kStreamWidth) return frontEnd;
    }
    return Error{ErrorCode::InvalidInput,
                 fmt::format("'{}' does not say how the speech model hears: install the package "
                             "pocketsphinx-en-us again.",
                             parameters)};
}

std::int16_t sixteenBit(float sample) {
    return static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767.0F));
}

/// A sum of frames of one kind within the window.
struct FrameSum {
    std::array<double, kStreamWidth> values{};
    std::int64_t count = 0;

    void account(const Cepstrum& frame, int sign) {
        for (std::size_t i = 0; i < kStreamWidth; ++i)
            values[i] += sign * frame[i];
        count += sign;
    }
};

float quantile(std::vector<float> values, double share) {
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

/// The loudness (first cepstrum) midway between the quiet and the loud frames.
float middleLoudness(const std::vector<Cepstrum>& frames) {
    std::vector<float> loudness;
    loudness.reserve(frames.size());
    for (const Cepstrum& frame : frames)
        loudness.push_back(frame[0]);
    return (quantile(loudness, 0.05) + quantile(loudness, 0.95)) / 2;
}

/// The mean as the model was trained with it: of utterances, in which pauses take the smaller part.
Cepstrum meanOf(const FrameSum& loud, const FrameSum& quiet) {
    const auto louds = static_cast<double>(loud.count);
    const auto quiets = static_cast<double>(quiet.count);
    const double weight = quiets > 0 && louds > 0 ? std::min(1.0, kPauseShare * louds / quiets) : 1;
    const double total = std::max(1.0, louds + weight * quiets);
    Cepstrum mean{};
    for (std::size_t i = 0; i < kStreamWidth; ++i)
        mean[i] = static_cast<float>((loud.values[i] + weight * quiet.values[i]) / total);
    return mean;
}

/// Takes off each frame the mean of the frames around it.
void level(std::vector<Cepstrum>& frames) {
    if (frames.empty()) return;
    const auto count = static_cast<std::int64_t>(frames.size());
    const float threshold = middleLoudness(frames);
    FrameSum loud;
    FrameSum quiet;
    const auto account = [&](std::int64_t index, int sign) {
        const Cepstrum& frame = frames[static_cast<std::size_t>(index)];
        (frame[0] > threshold ? loud : quiet).account(frame, sign);
    };
    std::vector<Cepstrum> means(frames.size());
    for (std::int64_t i = 0; i < std::min(kMeanReach, count); ++i)
        account(i, 1);
    for (std::int64_t i = 0; i < count; ++i) {
        if (i + kMeanReach < count) account(i + kMeanReach, 1);
        if (i > kMeanReach) account(i - kMeanReach - 1, -1);
        means[static_cast<std::size_t>(i)] = meanOf(loud, quiet);
    }
    for (std::size_t i = 0; i < frames.size(); ++i)
        for (std::size_t k = 0; k < kStreamWidth; ++k)
            frames[i][k] -= means[i][k];
}

/// Feeds the front end block by block and collects what it yields.
class Analysis {
public:
    explicit Analysis(fe_t* frontEnd)
        : frontEnd_(frontEnd) {
        for (std::size_t i = 0; i < kBlockFrames; ++i)
            rows_.push_back(buffer_[i].data());
        fe_start_stream(frontEnd_);
        fe_start_utt(frontEnd_);
    }

    void push(std::span<const float> samples, std::vector<Cepstrum>& out) {
        block_.clear();
        for (const float sample : samples)
            block_.push_back(sixteenBit(sample));
        const std::int16_t* next = block_.data();
        std::size_t left = block_.size();
        while (left > 0) {
            std::int32_t frames = static_cast<std::int32_t>(kBlockFrames);
            std::int32_t first = 0;
            const std::size_t before = left;
            if (fe_process_frames(frontEnd_, &next, &left, rows_.data(), &frames, &first) < 0)
                return;
            out.insert(out.end(), buffer_.begin(), buffer_.begin() + frames);
            if (frames == 0 && left == before) return;
        }
    }

    void finish(std::vector<Cepstrum>& out) {
        std::int32_t frames = 0;
        fe_end_utt(frontEnd_, rows_[0], &frames);
        if (frames > 0) out.push_back(buffer_[0]);
    }

private:
    fe_t* frontEnd_;
    std::array<Cepstrum, kBlockFrames> buffer_{};
    std::vector<float*> rows_;
    std::vector<std::int16_t> block_;
};

} // namespace

Result<Cepstra> Cepstra::compute(const audio::Sound& sound,
                                 const std::filesystem::path& acousticFolder, JobControl& control) {
    if (sound.sampleRate != kSpeechRate)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The speech model hears sound at {} Hz, this is at {} Hz: "
                                 "resample it first.",
                                 kSpeechRate, sound.sampleRate)};
    const auto frontEnd = openFrontEnd(acousticFolder);
    if (!frontEnd) return Error(frontEnd.error());
    Cepstra cepstra;
    const std::span<const float> samples(sound.samples);
    cepstra.frames_.reserve(samples.size() / kFrameStep + 2);
    const auto analysis = std::make_unique<Analysis>(frontEnd->get());
    constexpr std::size_t kBlock = kBlockFrames * kFrameStep;
    control.beginStage("Listening", static_cast<std::int64_t>(samples.size()));
    for (std::size_t at = 0; at < samples.size(); at += kBlock) {
        if (control.stopRequested()) return JobControl::cancelled("Listening");
        const std::size_t size = std::min(kBlock, samples.size() - at);
        analysis->push(samples.subspan(at, size), cepstra.frames_);
        control.advanceTo(static_cast<std::int64_t>(at + size));
    }
    analysis->finish(cepstra.frames_);
    level(cepstra.frames_);
    return cepstra;
}

FrameFeatures Cepstra::features(std::int64_t index) const {
    const auto at = [&](std::int64_t i) -> const Cepstrum& {
        return frame(std::clamp<std::int64_t>(index + i, 0, frameCount() - 1));
    };
    FrameFeatures features{};
    for (std::size_t k = 0; k < kStreamWidth; ++k) {
        features[k] = at(0)[k];
        features[kStreamWidth + k] = at(2)[k] - at(-2)[k];
        features[2 * kStreamWidth + k] = (at(3)[k] - at(-1)[k]) - (at(1)[k] - at(-3)[k]);
    }
    return features;
}

Seconds timeOfFrame(std::int64_t frame) {
    // In tenths of a millisecond, so that times have few digits: 25.6 ms windows each 10 ms.
    constexpr std::int64_t kWindow = 256;
    constexpr std::int64_t kStep = 100;
    return {static_cast<double>(2 * frame * kStep + kWindow - kStep) / 20000.0};
}

} // namespace gesture::speech
