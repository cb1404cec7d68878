// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/generation.h"
#include "core/models/generation/speech_features.h"
#include "training/data/speech_streams.h"

#include <filesystem>
#include <memory>
#include <mutex>

namespace gesture::training {

/// Speech as a bundle's speech encoder hears it: HuBERT, on the reference's grid of 30.0188 frames
/// a second when the bundle says so, or the small encoder. Also sentences, when the bundle can read
/// them. Recordings are heard one after the other, each by all threads.
class BundleStreams final : public SpeechStreams {
public:
    /// Loads the encoder and listens to a second of silence, to learn its widths. InvalidInput when
    /// the bundle has no speech encoder; the errors of loading; Unavailable for devices.
    [[nodiscard]] static Result<std::unique_ptr<const BundleStreams>>
    load(const std::filesystem::path& bundle, const inference::ComputeOptions& compute,
         JobControl& control);

    [[nodiscard]] std::string key() const override { return key_; }
    [[nodiscard]] std::map<std::string, std::int64_t, std::less<>> widths() const override {
        return widths_;
    }
    [[nodiscard]] Result<StreamsByName> read(const HeardClip& clip,
                                             JobControl& control) const override;

private:
    BundleStreams() = default;
    [[nodiscard]] Result<StreamsByName> listen(const HeardClip& clip, JobControl& control) const;

    std::unique_ptr<const models::SpeechReader> reader_;
    inference::WindowRules rules_ = inference::WindowRules::Product;
    std::string key_;
    std::map<std::string, std::int64_t, std::less<>> widths_;
    mutable std::mutex oneAtATime_;
};

} // namespace gesture::training
