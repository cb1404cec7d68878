// SPDX-License-Identifier: Apache-2.0
#include "training/data/window_store.h"

#include "core/base/assert.h"
#include "core/base/fast_hash.h"
#include "training/data/mapped_file.h"
#include "training/data/store_format.h"

#include <fmt/format.h>
#include <utility>

namespace gesture::training {

struct WindowStore::Data {
    explicit Data(MappedFile opened)
        : file(std::move(opened)) {}

    MappedFile file;
    StoreIndex index;
    std::vector<Clip> clips;
    std::map<std::string, std::int64_t, std::less<>> widths;
    /// Place of each stream in `index.streams`.
    std::map<std::string, std::size_t, std::less<>> places;
    /// (clips, streams + 1): see `recordLayout`.
    std::vector<std::vector<std::uint64_t>> layouts;
};

namespace {

Status verifyRecords(const StoreIndex& index, std::span<const std::byte> file,
                     std::string_view subject) {
    for (const StoreClip& clip : index.clips)
        if (fastHashOf(file.subspan(clip.offset, clip.bytes)) != clip.hash)
            return Error{ErrorCode::InvalidInput,
                         fmt::format("{} is damaged: the checksum of clip '{}' is wrong. Delete "
                                     "the folder and prepare the corpus again.",
                                     subject, clip.id)};
    return Status::success();
}

} // namespace

Result<WindowStore> WindowStore::open(const std::filesystem::path& folder, Verify verify) {
    const std::filesystem::path path = folder / kStoreFile;
    auto file = MappedFile::open(path);
    if (!file) {
        if (file.error().code() != ErrorCode::NotFound) return std::move(file).error();
        return Error{ErrorCode::NotFound,
                     fmt::format("'{}' holds no prepared corpus. Make one by 'gesture-train "
                                 "prepare'.",
                                 folder.string())};
    }
    auto data = std::make_unique<Data>(std::move(*file));
    const std::string subject = fmt::format("'{}'", path.string());
    auto index = parseStore(data->file.bytes(), subject);
    if (!index) return std::move(index).error();
    if (verify == Verify::Yes)
        if (auto whole = verifyRecords(*index, data->file.bytes(), subject); !whole)
            return std::move(whole).error();
    data->index = std::move(*index);
    for (const StoreClip& clip : data->index.clips) {
        data->clips.push_back({clip.id, clip.split, clip.frames});
        data->layouts.push_back(
            *recordLayout(data->index.streams, clip.frames, data->index.windows));
    }
    for (const StoreStream& stream : data->index.streams) {
        data->places.emplace(stream.name, data->widths.size());
        data->widths.emplace(stream.name, stream.width);
    }
    return WindowStore(std::move(data));
}

WindowStore::WindowStore(std::unique_ptr<Data> data)
    : data_(std::move(data)) {}
WindowStore::WindowStore(WindowStore&&) noexcept = default;
WindowStore& WindowStore::operator=(WindowStore&&) noexcept = default;
WindowStore::~WindowStore() = default;

std::span<const WindowStore::Clip> WindowStore::clips() const { return data_->clips; }

const std::map<std::string, std::int64_t, std::less<>>& WindowStore::streams() const {
    return data_->widths;
}

StreamView WindowStore::stream(std::size_t clip, std::string_view name) const {
    const auto place = data_->places.find(name);
    if (place == data_->places.end()) return {};
    const StoreClip& record = data_->index.clips[clip];
    const StoreStream& wanted = data_->index.streams[place->second];
    const auto rows = rowsOf(findStreamKind(name)->rows, record.frames, data_->index.windows);
    const std::byte* const begin =
        data_->file.bytes().data() + record.offset + data_->layouts[clip][place->second];
    return {{reinterpret_cast<const float*>(begin), static_cast<std::size_t>(rows * wanted.width)},
            wanted.width};
}

std::vector<WindowPlace> WindowStore::windows(std::string_view split, std::int64_t length,
                                              std::int64_t stride) const {
    GESTURE_ASSERT(length > 0 && stride > 0);
    std::vector<WindowPlace> places;
    const WindowRule rule{length, stride};
    for (std::size_t clip = 0; clip < data_->clips.size(); ++clip) {
        if (data_->clips[clip].split != split) continue;
        const std::int64_t count = rule.countIn(data_->clips[clip].frames);
        for (std::int64_t i = 0; i < count; ++i)
            places.push_back(
                {static_cast<std::int32_t>(clip), static_cast<std::int32_t>(i * stride)});
    }
    return places;
}

const std::string& WindowStore::key() const { return data_->index.key; }

} // namespace gesture::training
