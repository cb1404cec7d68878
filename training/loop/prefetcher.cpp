// SPDX-License-Identifier: Apache-2.0
#include "training/loop/prefetcher.h"

#include <chrono>
#include <new>

#include <fmt/format.h>

namespace gesture::training {

namespace {

Result<Batch> batchAt(const BatchSource& source, std::int64_t step, RankShare share) {
    try {
        return source.at(step, share);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("There is not enough memory for the batch of step {}.", step)};
    } catch (const std::exception& exception) {
        const std::string_view what = exception.what();
        return Error{ErrorCode::Internal, fmt::format("The batch of step {} failed: {}", step,
                                                      what.substr(0, what.find('\n')))};
    }
}

} // namespace

Prefetcher::Prefetcher(const BatchSource& source, const Range& range)
    : source_(source)
    , range_(range)
    , thread_([this](const std::stop_token& stop) { work(stop); }) {}

void Prefetcher::work(const std::stop_token& stop) {
    for (std::int64_t step = range_.begin; step < range_.end; ++step) {
        Result<Batch> batch = batchAt(source_, step, range_.share);
        const bool good = batch.ok();
        std::unique_lock lock(mutex_);
        const auto hasRoom = [this] { return ready_.size() < range_.ahead; };
        if (!changed_.wait(lock, stop, hasRoom)) return;
        ready_.push_back(std::move(batch));
        changed_.notify_all();
        if (!good) return;
    }
}

Result<Batch> Prefetcher::next() {
    const auto begin = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ready_.empty(); });
    waited_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!ready_.front().ok()) return ready_.front().error();
    Result<Batch> batch = std::move(ready_.front());
    ready_.pop_front();
    changed_.notify_all();
    return batch;
}

} // namespace gesture::training
