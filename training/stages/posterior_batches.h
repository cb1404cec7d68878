// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/speech/log_mel_speech_encoder.h"
#include "training/loop/batch.h"

#include <memory>

namespace gesture::training {

/// Batches with "posteriors", what the heads of a speech encoder make of their "speech". Any
/// thread.
class PosteriorBatches final : public BatchSource {
public:
    /// `encoder` on the processor.
    PosteriorBatches(std::unique_ptr<BatchSource> batches,
                     std::shared_ptr<const models::LogMelSpeechEncoder> encoder);

    [[nodiscard]] std::int64_t stepsPerEpoch() const override { return batches_->stepsPerEpoch(); }
    [[nodiscard]] Result<Batch> at(std::int64_t step, RankShare share) const override;

private:
    std::unique_ptr<BatchSource> batches_;
    std::shared_ptr<const models::LogMelSpeechEncoder> encoder_;
};

} // namespace gesture::training
