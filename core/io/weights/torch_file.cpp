// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/torch_file.h"

#include "core/io/weights/torch_container.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <new>
#include <utility>

namespace gesture::io {

namespace {

/// Tensors may share storages; more than this is a bomb.
constexpr std::uint64_t kMaxUnpackedRatio = 16;
constexpr std::size_t kTarMagicAt = 257;

std::string bytesAt(const RandomAccessFile& file, std::uint64_t offset, std::size_t count) {
    std::string text(count, '\0');
    if (!file.read(offset, std::as_writable_bytes(std::span(text)))) text.clear();
    return text;
}

/// A file that is neither container: says what it is as far as that can be told.
Error unknownKind(const RandomAccessFile& file, const std::string& subject) {
    if (file.size() == 0)
        return {ErrorCode::InvalidInput, fmt::format("{} is empty. Fetch it again.", subject)};
    if (bytesAt(file, kTarMagicAt, 5) == "ustar")
        return {ErrorCode::InvalidInput,
                fmt::format("{} is a tar archive: a checkpoint of a very old PyTorch, or one that "
                            "must be unpacked. Save it again with PyTorch 1.6 or later.",
                            subject)};
    const std::string first = bytesAt(file, 0, 1);
    if (!first.empty() && std::string_view("\x80(c]}i").find(first[0]) != std::string_view::npos) {
        std::vector<std::byte> pickle(std::min(file.size(), kMaxTorchPickle));
        if (file.read(0, pickle)) {
            const auto read = readPickle(pickle, torchPickleRules(subject));
            if (!read) return read.error();
        }
    }
    return {ErrorCode::InvalidInput,
            fmt::format("{} is no file of torch.save: it begins neither as a zip archive nor as "
                        "the older kind. Choose a checkpoint (.bin, .pt, .pth).",
                        subject)};
}

} // namespace

struct TorchFile::Impl {
    std::string subject;
    Container kind = Container::Zip;
    std::unique_ptr<TorchContainer> container;
    std::vector<TensorInfo> tensors;
    std::size_t heldStorage = SIZE_MAX;
    std::vector<std::byte> held;

    Status checkTotal(std::uint64_t fileSize) const;
    Result<TensorData> read(const TorchTensor& tensor);
};

Status TorchFile::Impl::checkTotal(std::uint64_t fileSize) const {
    std::uint64_t budget = 0;
    if (__builtin_mul_overflow(fileSize, kMaxUnpackedRatio, &budget)) budget = UINT64_MAX;
    for (const TensorInfo& info : tensors) {
        const std::uint64_t bytes = *byteCount(info.type, info.shape);
        if (bytes > budget)
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("{} would unpack to more than {} times its size: this is not "
                                     "a weight file that this program opens.",
                                     subject, kMaxUnpackedRatio)};
        budget -= bytes;
    }
    return Status::success();
}

Result<TensorData> TorchFile::Impl::read(const TorchTensor& tensor) {
    if (heldStorage != tensor.storage) {
        heldStorage = SIZE_MAX;
        held = {};
        auto bytes = container->readStorage(tensor.storage);
        if (!bytes) return std::move(bytes).error();
        held = std::move(*bytes);
        heldStorage = tensor.storage;
    }
    TensorData data{tensor.info.type, tensor.info.shape, {}};
    data.bytes.resize(*byteCount(data.type, data.shape));
    copyTorchTensor(tensor, held, data.bytes);
    if (data.type == TensorType::Bool && std::any_of(data.bytes.begin(), data.bytes.end(),
                                                     [](std::byte b) { return b > std::byte{1}; }))
        return Error{ErrorCode::InvalidInput,
                     fmt::format("{} is damaged: tensor '{}' holds other values than true and "
                                 "false. Fetch it again.",
                                 subject, tensor.info.name)};
    return data;
}

Result<TorchFile> TorchFile::open(const std::filesystem::path& path) {
    auto file = RandomAccessFile::open(path);
    if (!file)
        return std::move(file).error().withContext(fmt::format("Cannot open '{}'", path.string()));
    return open(std::move(*file), path.string());
}

Result<TorchFile> TorchFile::open(RandomAccessFile opened, std::string_view name) {
    try {
        auto impl = std::make_unique<Impl>();
        impl->subject = fmt::format("'{}'", name);
        const auto file = std::make_shared<const RandomAccessFile>(std::move(opened));
        const bool legacy = beginsLikeTorchLegacy(*file);
        if (!legacy && bytesAt(*file, 0, 2) != "PK") return unknownKind(*file, impl->subject);
        impl->kind = legacy ? Container::Legacy : Container::Zip;
        auto container =
            legacy ? openTorchLegacy(file, impl->subject) : openTorchZip(file, impl->subject);
        if (!container) return std::move(container).error();
        impl->container = std::move(*container);
        for (const TorchTensor& tensor : impl->container->contents().tensors)
            impl->tensors.push_back(tensor.info);
        if (auto checked = impl->checkTotal(file->size()); !checked)
            return std::move(checked).error();
        return TorchFile(std::move(impl));
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("There is not enough memory to open '{}'.", name)};
    }
}

TorchFile::TorchFile(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
TorchFile::TorchFile(TorchFile&&) noexcept = default;
TorchFile& TorchFile::operator=(TorchFile&&) noexcept = default;
TorchFile::~TorchFile() = default;

TorchFile::Container TorchFile::container() const { return impl_->kind; }
const std::vector<TensorInfo>& TorchFile::tensors() const { return impl_->tensors; }
const std::vector<std::string>& TorchFile::skipped() const {
    return impl_->container->contents().skipped;
}
const std::string& TorchFile::wrapper() const { return impl_->container->contents().wrapper; }
bool TorchFile::hadModulePrefix() const { return impl_->container->contents().modulePrefix; }

Result<TensorData> TorchFile::read(std::string_view name) {
    const auto& tensors = impl_->container->contents().tensors;
    const auto found = std::lower_bound(
        tensors.begin(), tensors.end(), name,
        [](const TorchTensor& tensor, std::string_view n) { return tensor.info.name < n; });
    if (found == tensors.end() || found->info.name != name)
        return Error{ErrorCode::NotFound,
                     fmt::format("{} has no tensor '{}'.", impl_->subject, name)};
    try {
        return impl_->read(*found);
    } catch (const std::bad_alloc&) {
        return Error{
            ErrorCode::OutOfMemory,
            fmt::format("There is not enough memory for tensor '{}' of {}.", name, impl_->subject)};
    }
}

} // namespace gesture::io
