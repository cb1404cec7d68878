// SPDX-License-Identifier: Apache-2.0
#include "training/stages/posterior_batches.h"

#include "training/data/window_store.h"
#include "training/stages/stage_support.h"

#include <ATen/core/grad_mode.h>

#include <utility>

namespace gesture::training {

PosteriorBatches::PosteriorBatches(std::unique_ptr<BatchSource> batches,
                                   std::shared_ptr<const models::LogMelSpeechEncoder> encoder)
    : batches_(std::move(batches))
    , encoder_(std::move(encoder)) {}

Result<Batch> PosteriorBatches::at(std::int64_t step, RankShare share) const {
    const at::NoGradGuard noGradient;
    auto batch = batches_->at(step, share);
    if (!batch) return batch;
    const at::Tensor posteriors = encoder_->posteriors(entryOf(*batch, stream::kSpeech));
    batch->emplace("posteriors", posteriors);
    return batch;
}

} // namespace gesture::training
