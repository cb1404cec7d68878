// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/io/bundle/bundle.h"
#include "training/stages/window_batches.h"

namespace gesture::training {

/// The codes that a bundle's tokenizers give to all windows of a request, each window on its own,
/// as 16-bit whole numbers. Blocks; InvalidInput when the store lacks motion or expressions, the
/// errors of loading, Cancelled.
[[nodiscard]] Result<WindowCodes> codesOfWindows(const WindowStore& store,
                                                 const WindowRequest& request,
                                                 const io::Bundle& bundle, at::Device device,
                                                 JobControl& control);

/// Mean and deviation over all frames of a split of a part's channels (or of the 337 of the whole
/// motion), on the processor. Deviations are at least `floor`.
struct ChannelStatistics {
    at::Tensor mean, deviation; ///< (channels)
};
[[nodiscard]] ChannelStatistics motionStatistics(const WindowStore& store, std::string_view split,
                                                 double floor);
/// A part's own, with expressions for the face.
[[nodiscard]] ChannelStatistics partStatistics(const WindowStore& store, std::string_view split,
                                               motion::BodyPart part, double floor);

} // namespace gesture::training
