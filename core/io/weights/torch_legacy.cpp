// SPDX-License-Identifier: Apache-2.0
#include "core/io/byte_order.h"
#include "core/io/weights/torch_container.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace gesture::io {

namespace {

/// The pickle of 0x1950a86a20f9469cfc6c that opens the container.
constexpr std::string_view kMagic("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
constexpr std::int64_t kVersion = 1001;
constexpr std::uint64_t kCountBytes = 8;

class TorchLegacy final : public TorchContainer {
public:
    TorchLegacy(SharedFile file, std::string subject)
        : file_(std::move(file))
        , subject_(std::move(subject)) {}

    const TorchContents& contents() const override { return contents_; }
    Result<std::vector<std::byte>> readStorage(std::size_t index) const override;

    Status load();

private:
    Error wrong(std::string_view what) const {
        return {ErrorCode::InvalidInput,
                fmt::format("{} is damaged: {}. Fetch it again.", subject_, what)};
    }
    Status checkMachine(std::span<const std::byte>& rest) const;
    Result<std::vector<std::string>> readKeys(std::span<const std::byte>& rest) const;
    Status findStorages(const std::vector<std::string>& keys, std::uint64_t position);

    SharedFile file_;
    std::string subject_;
    TorchContents contents_;
    std::vector<std::uint64_t> positions_; ///< Of the storages' elements in the file.
};

/// Version and machine: the second and third pickle.
Status TorchLegacy::checkMachine(std::span<const std::byte>& rest) const {
    const PickleRules rules = torchPickleRules(subject_);
    auto version = readPickle(rest, rules);
    if (!version) return std::move(version).error();
    if (version->tree.integer(version->tree.root()) != kVersion)
        return wrong("its container has an unknown version");
    rest = rest.subspan(version->size);
    auto machine = readPickle(rest, rules);
    if (!machine) return std::move(machine).error();
    const auto little = machine->tree.entry(machine->tree.root(), "little_endian");
    if (!little || little->kind != PickleKind::Bool) return wrong("it does not say its byte order");
    if (little->payload == 0)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("{} was saved on a big-endian machine, which this program does "
                                 "not read. Save it again on an ordinary one.",
                                 subject_)};
    rest = rest.subspan(machine->size);
    return Status::success();
}

Result<std::vector<std::string>> TorchLegacy::readKeys(std::span<const std::byte>& rest) const {
    auto read = readPickle(rest, torchPickleRules(subject_));
    if (!read) return std::move(read).error();
    if (read->tree.root().kind != PickleKind::List) return wrong("it has no list of storages");
    std::vector<std::string> keys;
    for (const PickleValue item : read->tree.items(read->tree.root()))
        keys.emplace_back(read->tree.text(item));
    rest = rest.subspan(read->size);
    return keys;
}

/// Walks through the storages behind the pickles.
Status TorchLegacy::findStorages(const std::vector<std::string>& keys, std::uint64_t position) {
    std::unordered_map<std::string_view, std::size_t> indices;
    for (std::size_t i = 0; i < contents_.storages.size(); ++i)
        indices.emplace(contents_.storages[i].key, i);
    std::vector<bool> seen(contents_.storages.size());
    positions_.resize(contents_.storages.size());
    for (const std::string& key : keys) {
        const auto found = indices.find(key);
        if (found == indices.end() || seen[found->second])
            return wrong(
                fmt::format("storage '{}' occurs twice or belongs to nothing", shownName(key)));
        const TorchStorage& storage = contents_.storages[found->second];
        std::array<std::byte, kCountBytes> count{};
        if (file_->size() - position < kCountBytes || !file_->read(position, count))
            return wrong("it ends before its storages");
        position += kCountBytes;
        if (littleAt<std::uint64_t>(count, 0) != storage.count)
            return wrong(
                fmt::format("storage '{}' has another size than its tensors say", shownName(key)));
        if (storage.bytes() > file_->size() - position) return wrong("it ends in a storage");
        positions_[found->second] = position;
        seen[found->second] = true;
        position += storage.bytes();
    }
    if (std::find(seen.begin(), seen.end(), false) != seen.end())
        return wrong("a storage is missing");
    if (position != file_->size()) return wrong("there are bytes behind its storages");
    return Status::success();
}

Status TorchLegacy::load() {
    std::vector<std::byte> head(std::min(file_->size(), kMaxTorchPickle));
    if (auto got = file_->read(0, head); !got) return std::move(got).error().withContext(subject_);
    std::span<const std::byte> rest = std::span<const std::byte>(head).subspan(kMagic.size());
    if (auto checked = checkMachine(rest); !checked) return checked;
    {
        auto read = readPickle(rest, torchPickleRules(subject_));
        if (!read) return std::move(read).error();
        auto contents = interpretTorchPickle(read->tree, subject_);
        if (!contents) return std::move(contents).error();
        contents_ = std::move(*contents);
        rest = rest.subspan(read->size);
    }
    auto keys = readKeys(rest);
    if (!keys) return std::move(keys).error();
    return findStorages(*keys, head.size() - rest.size());
}

Result<std::vector<std::byte>> TorchLegacy::readStorage(std::size_t index) const {
    std::vector<std::byte> bytes(contents_.storages[index].bytes());
    if (auto got = file_->read(positions_[index], bytes); !got)
        return std::move(got).error().withContext(subject_);
    return bytes;
}

} // namespace

bool beginsLikeTorchLegacy(const RandomAccessFile& file) {
    std::array<std::byte, kMagic.size()> first{};
    return file.size() >= first.size() && file.read(0, first).ok() &&
           std::memcmp(first.data(), kMagic.data(), kMagic.size()) == 0;
}

Result<std::unique_ptr<TorchContainer>> openTorchLegacy(const SharedFile& file,
                                                        const std::string& subject) {
    auto container = std::make_unique<TorchLegacy>(file, subject);
    if (auto loaded = container->load(); !loaded) return std::move(loaded).error();
    return std::unique_ptr<TorchContainer>(std::move(container));
}

} // namespace gesture::io
