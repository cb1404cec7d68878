// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/skeleton.h"
#include "training/data/window_store.h"
#include "training/loop/batch.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace gesture::training {

/// Which windows of a store make batches.
struct WindowRequest {
    std::string split = "train";
    std::int64_t length = 64; ///< Frames.
    std::int64_t stride = 20;
    std::int64_t batch = 64;
    std::uint64_t seed = 0;
    enum class Order { Shuffled, AsStored };
    Order order = Order::Shuffled;
    /// Streams of the store that a batch has under their names. Frames become (batch, length,
    /// width), or (batch, length) where the width is 1; one row a clip (betas, speaker) becomes
    /// (batch, width); sentences (batch, width). "events" is made of stress, apex and lexicon: see
    /// kEventsKey.
    std::vector<std::string> streams;
    std::int64_t eventClasses = 31; ///< Classes of words in "events".
};

/// The batch entry of what is known of the speech where a small network else hears posteriors:
/// (batch, length, 2 + classes): stress, apex, one of the words, resampled to motion frames.
inline constexpr const char* kEventsKey = "events";

/// Codes of all windows of a request, (windows, tokens, layers) a part, in the order of
/// WindowStore::windows; undefined tensors where a part has none.
using WindowCodes = std::array<at::Tensor, motion::kBodyPartCount>;

/// Windows of a store as batches; each epoch in another order that follows from the seed. Any
/// thread.
class WindowBatches final : public BatchSource {
public:
    /// InvalidInput when the store lacks a stream, or its split has no window.
    [[nodiscard]] static Result<std::unique_ptr<WindowBatches>>
    create(std::shared_ptr<const WindowStore> store, WindowRequest request, WindowCodes codes = {});

    [[nodiscard]] std::int64_t stepsPerEpoch() const override;
    [[nodiscard]] Result<Batch> at(std::int64_t step, RankShare share) const override;

private:
    WindowBatches(std::shared_ptr<const WindowStore> store, WindowRequest request,
                  WindowCodes codes, std::vector<WindowPlace> places);
    [[nodiscard]] at::Tensor gathered(const std::string& stream,
                                      const std::vector<std::int64_t>& windows) const;
    [[nodiscard]] at::Tensor events(const std::vector<std::int64_t>& windows) const;

    std::shared_ptr<const WindowStore> store_;
    WindowRequest request_;
    WindowCodes codes_;
    std::vector<WindowPlace> places_;
};

/// Which stretches of the speech make batches.
struct CropRequest {
    std::string split = "train";
    std::int64_t rows = 160; ///< At 50 a second.
    std::int64_t batch = 24;
    std::uint64_t seed = 0;
    WindowRequest::Order order = WindowRequest::Order::Shuffled;
};

/// Crops of the speech with its labels ("mel", "phone", "stress", "apex", "lexicon"): clip and
/// place are drawn anew for every sample, clips by their length; as stored: one after the other.
/// An epoch has as many rows as the split. Any thread.
class CropBatches final : public BatchSource {
public:
    /// InvalidInput when the store lacks a stream, or no clip of the split is long enough.
    [[nodiscard]] static Result<std::unique_ptr<CropBatches>>
    create(std::shared_ptr<const WindowStore> store, const CropRequest& request);

    [[nodiscard]] std::int64_t stepsPerEpoch() const override;
    [[nodiscard]] Result<Batch> at(std::int64_t step, RankShare share) const override;

private:
    struct Stretch {
        std::size_t clip = 0;
        std::int64_t rows = 0;
        std::int64_t cropsBefore = 0;  ///< Whole crops in the clips before this one.
        std::int64_t placesBefore = 0; ///< Places where a crop can begin in them.
    };
    CropBatches(std::shared_ptr<const WindowStore> store, CropRequest request,
                std::vector<Stretch> stretches);
    [[nodiscard]] WindowPlace place(std::int64_t step, std::int64_t sample) const;

    std::shared_ptr<const WindowStore> store_;
    CropRequest request_;
    std::vector<Stretch> stretches_;
    std::int64_t crops_ = 0;
    std::int64_t places_ = 0;
};

} // namespace gesture::training
