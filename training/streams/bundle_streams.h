// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/generation.h"
#include "training/data/speech_streams.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace gesture::training {

/// Speech as a bundle's speech encoder hears it: HuBERT, on the reference's grid of 30.0188 frames
/// a second when the bundle says so, or the small encoder. Also sentences, when the bundle can read
/// them. Recordings are heard one after the other, each by all threads.
class BundleStreams final : public SpeechStreams {
public:
    /// Loads the encoder and listens to silence, to learn its widths. InvalidInput when
    /// the bundle has no speech encoder; the errors of loading; Unavailable for devices.
    [[nodiscard]] static Result<std::unique_ptr<const BundleStreams>>
    load(const std::filesystem::path& bundle, const inference::ComputeOptions& compute,
         JobControl& control);

    ~BundleStreams() override;

    [[nodiscard]] std::string key() const override;
    [[nodiscard]] std::map<std::string, std::int64_t, std::less<>> widths() const override;
    [[nodiscard]] Result<StreamsByName> read(const HeardClip& clip,
                                             JobControl& control) const override;

private:
    struct Encoder;
    explicit BundleStreams(std::unique_ptr<Encoder> encoder);

    std::unique_ptr<Encoder> encoder_;
};

} // namespace gesture::training
