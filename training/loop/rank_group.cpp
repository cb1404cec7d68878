// SPDX-License-Identifier: Apache-2.0
#include "training/loop/rank_group.h"

#include "training/loop/rank_watch.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <fmt/format.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <algorithm>
#include <cstring>
#include <map>

namespace gesture::training {

namespace {

constexpr std::int64_t kPieceBytes = std::int64_t{32} << 20;
constexpr std::size_t kMaxSpreadText = std::size_t{16} << 20;

/// The first line of what an exception says.
std::string firstLineOf(const char* text) {
    const std::string_view all = text;
    return std::string(all.substr(0, all.find('\n')));
}

c10::intrusive_ptr<c10d::TCPStore> openStore(const RankPlace& place,
                                             std::chrono::milliseconds timeout) {
    c10d::TCPStoreOptions options;
    options.port = place.port;
    options.isServer = place.rank == 0 && !place.storeIsServed;
    options.waitWorkers = false;
    options.timeout = timeout;
    return c10::make_intrusive<c10d::TCPStore>(place.host, options);
}

/// Tensors of one type that travel together, as one row on the processor.
struct Piece {
    std::vector<at::Tensor> tensors;
    std::int64_t bytes = 0;

    [[nodiscard]] at::Tensor row() const {
        std::vector<at::Tensor> flat;
        flat.reserve(tensors.size());
        for (const at::Tensor& tensor : tensors)
            flat.push_back(tensor.detach().reshape({-1}));
        return at::cat(flat).to(at::kCPU).contiguous();
    }
    void take(const at::Tensor& row) const {
        std::int64_t begin = 0;
        for (const at::Tensor& tensor : tensors) {
            tensor.detach().copy_(row.narrow(0, begin, tensor.numel()).view(tensor.sizes()));
            begin += tensor.numel();
        }
    }
};

std::vector<Piece> piecesOf(std::span<const at::Tensor> tensors) {
    std::vector<Piece> pieces;
    std::map<at::ScalarType, std::size_t> open;
    for (const at::Tensor& tensor : tensors) {
        if (tensor.numel() == 0) continue;
        const auto found = open.find(tensor.scalar_type());
        const auto bytes = static_cast<std::int64_t>(tensor.nbytes());
        if (found == open.end() || pieces[found->second].bytes + bytes > kPieceBytes) {
            open[tensor.scalar_type()] = pieces.size();
            pieces.emplace_back();
        }
        Piece& piece = pieces[open[tensor.scalar_type()]];
        piece.tensors.push_back(tensor);
        piece.bytes += bytes;
    }
    return pieces;
}

} // namespace

struct RankGroup::Connections {
    c10::intrusive_ptr<c10d::TCPStore> store;
    c10::intrusive_ptr<c10d::Backend> exchange;
    std::unique_ptr<RankWatch> watch;

    void sumOver(at::Tensor& row) const {
        std::vector<at::Tensor> rows{row};
        exchange->allreduce(rows)->wait();
    }
    void spreadFirst(at::Tensor& row) const {
        std::vector<at::Tensor> rows{row};
        exchange->broadcast(rows)->wait();
    }
};

RankGroup::RankGroup(RankPlace place, std::unique_ptr<Connections> connections)
    : place_(std::move(place))
    , connections_(std::move(connections)) {}
RankGroup::~RankGroup() = default;

Result<std::unique_ptr<RankGroup>> RankGroup::join(const RankPlace& place,
                                                   const RankPatience& patience) {
    auto connections = std::make_unique<Connections>();
    if (place.ranks > 1) {
        try {
            connections->store = openStore(place, patience.meeting);
            const auto watched = c10::make_intrusive<c10d::PrefixStore>(
                "gesture/" + place.session + "/life", connections->store->clone());
            connections->watch = std::make_unique<RankWatch>(
                [watched](const std::string& key, std::int64_t amount) {
                    return watched->add(key, amount);
                },
                place.rank, place.ranks, patience.silence);
            const auto named = c10::make_intrusive<c10d::PrefixStore>(
                "gesture/" + place.session + "/gloo", connections->store);
            auto options = c10d::ProcessGroupGloo::Options::create_default(patience.meeting);
            connections->exchange = c10::make_intrusive<c10d::ProcessGroupGloo>(
                named, place.rank, place.ranks, options);
            connections->exchange->setTimeout(patience.exchange);
        } catch (const std::exception& exception) {
            return Error{ErrorCode::Unavailable,
                         fmt::format("Rank {} of {} could not meet the others at {}:{}: {}.",
                                     place.rank, place.ranks, place.host, place.port,
                                     firstLineOf(exception.what()))};
        }
    }
    return std::unique_ptr<RankGroup>(new RankGroup(place, std::move(connections)));
}

Error RankGroup::lost(const char* what) const {
    return {ErrorCode::Unavailable,
            fmt::format("Rank {} lost another rank of the {} ({}). Start all of them again: "
                        "training goes on from the last checkpoint.",
                        place_.rank, place_.ranks, firstLineOf(what))};
}

Status RankGroup::average(std::span<const at::Tensor> tensors) {
    if (place_.ranks == 1) return Status::success();
    const at::NoGradGuard noGradients;
    try {
        for (const Piece& piece : piecesOf(tensors)) {
            at::Tensor row = piece.row();
            connections_->sumOver(row);
            piece.take(row.div_(place_.ranks));
        }
    } catch (const std::exception& exception) {
        return lost(exception.what());
    }
    return Status::success();
}

Status RankGroup::spread(std::span<const at::Tensor> tensors) {
    if (place_.ranks == 1) return Status::success();
    const at::NoGradGuard noGradients;
    try {
        for (const Piece& piece : piecesOf(tensors)) {
            at::Tensor row = piece.row();
            connections_->spreadFirst(row);
            if (!first()) piece.take(row);
        }
    } catch (const std::exception& exception) {
        return lost(exception.what());
    }
    return Status::success();
}

Result<std::string> RankGroup::spread(std::string text) {
    if (place_.ranks == 1) return text;
    auto size = sum({first() ? static_cast<double>(text.size()) : 0.0});
    if (!size) return std::move(size).error();
    if (size->front() > static_cast<double>(kMaxSpreadText))
        return Error{ErrorCode::LimitExceeded, "A text for the other ranks is too long."};
    try {
        at::Tensor row = at::empty({static_cast<std::int64_t>(size->front())}, at::kByte);
        if (row.numel() == 0) return std::string{};
        if (first()) std::memcpy(row.data_ptr(), text.data(), text.size());
        connections_->spreadFirst(row);
        return std::string(static_cast<const char*>(row.const_data_ptr()), row.nbytes());
    } catch (const std::exception& exception) {
        return lost(exception.what());
    }
}

Result<std::vector<double>> RankGroup::sum(std::vector<double> values) {
    if (place_.ranks == 1 || values.empty()) return values;
    try {
        at::Tensor row = at::empty({static_cast<std::int64_t>(values.size())}, at::kDouble);
        std::memcpy(row.data_ptr(), values.data(), row.nbytes());
        connections_->sumOver(row);
        std::memcpy(values.data(), row.const_data_ptr(), row.nbytes());
        return values;
    } catch (const std::exception& exception) {
        return lost(exception.what());
    }
}

Status RankGroup::leave() {
    connections_->watch.reset();
    const auto everybody = sum({1.0});
    return everybody ? Status::success() : Status(everybody.error());
}

} // namespace gesture::training
