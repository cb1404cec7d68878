// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/torch_container.h"
#include "core/io/zip_reader.h"

#include <fmt/format.h>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace gesture::io {

namespace {

/// Checkpoints have an entry for each tensor, and are not compressed.
constexpr ZipLimits kLimits{20'000, 100, 100 * 1024};
constexpr std::string_view kPickleName = "/data.pkl";

class TorchZip final : public TorchContainer {
public:
    TorchZip(ZipReader zip, std::string subject)
        : zip_(std::move(zip))
        , subject_(std::move(subject)) {}

    const TorchContents& contents() const override { return contents_; }
    Result<std::vector<std::byte>> readStorage(std::size_t index) const override;

    Status load();

private:
    Error wrong(std::string_view what) const {
        return {ErrorCode::InvalidInput, fmt::format("{} {}", subject_, what)};
    }
    Result<std::string> findRoot() const;
    Status checkByteOrder(const std::string& root) const;
    Status findStorages(const std::string& root);

    ZipReader zip_;
    std::string subject_;
    TorchContents contents_;
    std::vector<const ZipEntry*> storages_;
};

/// Name of the folder that holds data.pkl.
Result<std::string> TorchZip::findRoot() const {
    std::string root;
    for (const ZipEntry& entry : zip_.entries()) {
        const std::string_view name = entry.name;
        if (name.ends_with("/constants.pkl") || name.find("/code/") != std::string_view::npos)
            return wrong("is a TorchScript program: this program takes weights, but runs no code. "
                         "Save the network's state_dict.");
        if (!name.ends_with(kPickleName)) continue;
        const std::string_view folder = name.substr(0, name.size() - kPickleName.size());
        if (folder.find('/') != std::string_view::npos) continue;
        if (!root.empty()) return wrong("has two parts named 'data.pkl'. Fetch it again.");
        root = folder;
    }
    if (root.empty())
        return wrong("is a zip archive without 'data.pkl': no file of torch.save. Choose a "
                     "checkpoint.");
    return root;
}

Status TorchZip::checkByteOrder(const std::string& root) const {
    const ZipEntry* entry = zip_.find(root + "/byteorder");
    if (entry == nullptr) return Status::success();
    constexpr std::uint64_t kMostBytes = 16;
    auto bytes = zip_.read(*entry, kMostBytes);
    if (!bytes) return std::move(bytes).error().withContext(subject_);
    const std::string_view order(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    if (order == "little") return Status::success();
    return wrong("was saved on a big-endian machine, which this program does not read. Save it "
                 "again on an ordinary one.");
}

Status TorchZip::findStorages(const std::string& root) {
    std::unordered_map<std::string_view, const ZipEntry*> entries;
    for (const ZipEntry& entry : zip_.entries())
        entries.emplace(entry.name, &entry);
    for (const TorchStorage& storage : contents_.storages) {
        const auto found = entries.find(root + "/data/" + storage.key);
        if (found == entries.end())
            return wrong(
                fmt::format("lacks its part 'data/{}'. Fetch it again.", shownName(storage.key)));
        if (found->second->method != ZipMethod::Stored)
            return wrong("was packed again by another program. Unpack it, or fetch the original.");
        if (found->second->size != storage.bytes())
            return wrong(fmt::format("is damaged: its part 'data/{}' has {} bytes instead of {}. "
                                     "Fetch it again.",
                                     shownName(storage.key), found->second->size, storage.bytes()));
        storages_.push_back(found->second);
    }
    return Status::success();
}

Status TorchZip::load() {
    auto root = findRoot();
    if (!root) return std::move(root).error();
    if (auto checked = checkByteOrder(*root); !checked) return checked;
    auto pickle = zip_.read(*zip_.find(*root + std::string(kPickleName)), kMaxTorchPickle);
    if (!pickle) return std::move(pickle).error().withContext(subject_);
    auto read = readPickle(*pickle, torchPickleRules(subject_));
    if (!read) return std::move(read).error();
    auto contents = interpretTorchPickle(read->tree, subject_);
    if (!contents) return std::move(contents).error();
    contents_ = std::move(*contents);
    return findStorages(*root);
}

Result<std::vector<std::byte>> TorchZip::readStorage(std::size_t index) const {
    auto bytes = zip_.read(*storages_[index], storages_[index]->size);
    if (!bytes) return std::move(bytes).error().withContext(subject_);
    return bytes;
}

} // namespace

Result<std::unique_ptr<TorchContainer>> openTorchZip(const SharedFile& file,
                                                     const std::string& subject) {
    auto zip = ZipReader::open(file, kLimits);
    if (!zip) return std::move(zip).error().withContext("Cannot read " + subject);
    auto container = std::make_unique<TorchZip>(std::move(*zip), subject);
    if (auto loaded = container->load(); !loaded) return std::move(loaded).error();
    return std::unique_ptr<TorchContainer>(std::move(container));
}

} // namespace gesture::io
