// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/torch_pickle.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <unordered_map>
#include <utility>

namespace gesture::io {

namespace {

using Values = std::span<const PickleValue>;

constexpr std::string_view kRebuildTensor = "torch._utils._rebuild_tensor_v2";
constexpr std::string_view kRebuildParameter = "torch._utils._rebuild_parameter";
constexpr std::string_view kModulePrefix = "module.";
constexpr std::array<std::string_view, 4> kWrappers{"model_state", "model_state_dict", "state_dict",
                                                    "model"};
constexpr std::size_t kMaxSkipped = 16;

/// "torch.FloatStorage" and its siblings.
std::optional<TensorType> storageType(std::string_view global) {
    constexpr std::string_view kHead = "torch.";
    constexpr std::string_view kTail = "Storage";
    static constexpr std::array<std::pair<std::string_view, TensorType>, 10> kTypes{
        {{"Double", TensorType::Float64},
         {"Float", TensorType::Float32},
         {"Half", TensorType::Float16},
         {"BFloat16", TensorType::BFloat16},
         {"Long", TensorType::Int64},
         {"Int", TensorType::Int32},
         {"Short", TensorType::Int16},
         {"Char", TensorType::Int8},
         {"Byte", TensorType::Uint8},
         {"Bool", TensorType::Bool}}};
    if (!global.starts_with(kHead) || !global.ends_with(kTail)) return std::nullopt;
    if (global.size() < kHead.size() + kTail.size()) return std::nullopt;
    global.remove_prefix(kHead.size());
    global.remove_suffix(kTail.size());
    for (const auto& [name, type] : kTypes)
        if (name == global) return type;
    return std::nullopt;
}

/// Reads tensors out of a tree, collecting the storages that they name.
class Interpreter {
public:
    Interpreter(const PickleTree& tree, const std::string& subject)
        : tree_(tree)
        , subject_(subject) {}

    Result<TorchContents> run();

private:
    bool isTensor(PickleValue value) const;
    bool hasTensors(PickleValue dict) const;
    Error wrong(std::string_view name, std::string_view what) const;
    Result<PickleValue> findDictionary();
    Status addDictionary(PickleValue dict);
    Status addTensor(std::string name, PickleValue value);
    Result<std::size_t> storageOf(std::string_view name, PickleValue persistent);
    std::optional<std::vector<std::uint64_t>> sizes(PickleValue tuple) const;
    Status checkView(const TorchTensor& tensor) const;
    Status checkNames();

    const PickleTree& tree_;
    const std::string& subject_;
    TorchContents contents_;
    std::unordered_map<std::string, std::size_t> storageIndex_;
};

/// The call of _rebuild_tensor_v2, also inside that of _rebuild_parameter.
std::optional<Values> tensorCall(const PickleTree& tree, PickleValue value) {
    if (const auto parameter = tree.callOf(value, kRebuildParameter)) {
        if (parameter->empty()) return std::nullopt;
        value = parameter->front();
    }
    return tree.callOf(value, kRebuildTensor);
}

bool Interpreter::isTensor(PickleValue value) const {
    return tree_.callOf(value, kRebuildParameter) || tree_.callOf(value, kRebuildTensor);
}

bool Interpreter::hasTensors(PickleValue dict) const {
    if (dict.kind != PickleKind::Dict) return false;
    const Values items = tree_.items(dict);
    for (std::size_t i = 1; i < items.size(); i += 2)
        if (isTensor(items[i])) return true;
    return false;
}

Error Interpreter::wrong(std::string_view name, std::string_view what) const {
    return {ErrorCode::InvalidInput, fmt::format("{} is damaged: tensor '{}' {}. Fetch it again.",
                                                 subject_, shownName(name), what)};
}

Result<PickleValue> Interpreter::findDictionary() {
    const PickleValue root = tree_.root();
    for (const std::string_view key : kWrappers) {
        const auto inner = tree_.entry(root, key);
        if (!inner || !hasTensors(*inner)) continue;
        contents_.wrapper = key;
        return *inner;
    }
    if (hasTensors(root)) return root;
    return Error{ErrorCode::InvalidInput,
                 fmt::format("{} holds no tensors where networks keep them (a dictionary of names, "
                             "or one below 'model_state' or 'state_dict'). Choose a checkpoint.",
                             subject_)};
}

Status Interpreter::addDictionary(PickleValue dict) {
    const Values items = tree_.items(dict);
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        const bool named = items[i].kind == PickleKind::Text || items[i].kind == PickleKind::Bytes;
        const std::string_view name = tree_.text(items[i]);
        if (!isTensor(items[i + 1])) {
            if (contents_.skipped.size() < kMaxSkipped)
                contents_.skipped.push_back(named ? shownName(name) : "(no text)");
            continue;
        }
        if (!named || !isTensorName(name)) return wrong(name, "has no proper name");
        if (contents_.tensors.size() == kMaxTensors)
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("{} has more than {} tensors.", subject_, kMaxTensors)};
        if (auto added = addTensor(std::string(name), items[i + 1]); !added) return added;
    }
    return Status::success();
}

std::optional<std::vector<std::uint64_t>> Interpreter::sizes(PickleValue tuple) const {
    if (const auto size = tree_.callOf(tuple, "torch.Size"); size && size->size() == 1)
        tuple = size->front();
    const Values items = tree_.items(tuple);
    if (tuple.kind != PickleKind::Tuple || items.size() > kMaxTensorAxes) return std::nullopt;
    std::vector<std::uint64_t> numbers;
    for (const PickleValue item : items) {
        const auto number = tree_.integer(item);
        if (!number || *number < 0) return std::nullopt;
        numbers.push_back(static_cast<std::uint64_t>(*number));
    }
    return numbers;
}

Status Interpreter::addTensor(std::string name, PickleValue value) {
    const auto call = tensorCall(tree_, value);
    if (!call || call->size() < 6 || call->size() > 7)
        return wrong(name, "is described in an unknown way");
    const auto& arguments = *call;
    auto storage = storageOf(name, arguments[0]);
    if (!storage) return std::move(storage).error();
    const auto offset = tree_.integer(arguments[1]);
    auto shape = sizes(arguments[2]);
    auto strides = sizes(arguments[3]);
    if (!offset || *offset < 0) return wrong(name, "has a wrong offset");
    if (!shape || !strides || shape->size() != strides->size())
        return wrong(name, "has a wrong size or stride");
    TorchTensor tensor{{std::move(name), contents_.storages[*storage].type, std::move(*shape)},
                       *storage,
                       static_cast<std::uint64_t>(*offset),
                       std::move(*strides)};
    if (auto checked = checkView(tensor); !checked) return checked;
    contents_.tensors.push_back(std::move(tensor));
    return Status::success();
}

Result<std::size_t> Interpreter::storageOf(std::string_view name, PickleValue persistent) {
    const Values outer = tree_.items(persistent);
    if (persistent.kind != PickleKind::Persistent || outer[0].kind != PickleKind::Tuple)
        return wrong(name, "has no storage");
    const Values id = tree_.items(outer[0]);
    if (id.size() < 5 || id.size() > 6 || tree_.text(id[0]) != "storage")
        return wrong(name, "has no storage");
    if (id.size() == 6 && id[5].kind != PickleKind::None)
        return wrong(name, "has a storage that is part of another one");
    const auto type = storageType(tree_.text(id[1]));
    const auto count = tree_.integer(id[4]);
    const std::string key(tree_.text(id[2]));
    if (!type || id[1].kind != PickleKind::Global || !count || *count < 0 || key.empty())
        return wrong(name, "has a wrong storage");
    const auto size = static_cast<std::uint64_t>(*count);
    if (size > UINT64_MAX / elementSize(*type)) return wrong(name, "has a storage without end");
    const auto [found, isNew] = storageIndex_.emplace(key, contents_.storages.size());
    if (isNew) contents_.storages.push_back({key, *type, size});
    const TorchStorage& known = contents_.storages[found->second];
    if (known.type != *type || known.count != size)
        return wrong(name, "contradicts another one about their storage");
    return found->second;
}

Status Interpreter::checkView(const TorchTensor& tensor) const {
    const std::string& name = tensor.info.name;
    const std::uint64_t available = contents_.storages[tensor.storage].count;
    const auto count = elementCount(tensor.info.shape);
    if (!count) return wrong(name, "is larger than any memory");
    if (tensor.offset > available) return wrong(name, "lies outside its storage");
    if (*count == 0) return Status::success();
    if (*count > available) return wrong(name, "has more elements than its storage");
    std::uint64_t last = tensor.offset;
    for (std::size_t axis = 0; axis < tensor.strides.size(); ++axis) {
        std::uint64_t reach = 0;
        if (__builtin_mul_overflow(tensor.info.shape[axis] - 1, tensor.strides[axis], &reach) ||
            __builtin_add_overflow(last, reach, &last))
            return wrong(name, "lies outside its storage");
    }
    return last < available ? Status::success() : wrong(name, "lies outside its storage");
}

/// Takes off "module." when all have it, sorts, and refuses names that occur twice.
Status Interpreter::checkNames() {
    auto& tensors = contents_.tensors;
    contents_.modulePrefix = std::all_of(tensors.begin(), tensors.end(), [](const auto& tensor) {
        return tensor.info.name.size() > kModulePrefix.size() &&
               tensor.info.name.starts_with(kModulePrefix);
    });
    if (contents_.modulePrefix)
        for (TorchTensor& tensor : tensors)
            tensor.info.name.erase(0, kModulePrefix.size());
    std::sort(tensors.begin(), tensors.end(),
              [](const auto& a, const auto& b) { return a.info.name < b.info.name; });
    const auto twice =
        std::adjacent_find(tensors.begin(), tensors.end(),
                           [](const auto& a, const auto& b) { return a.info.name == b.info.name; });
    if (twice != tensors.end()) return wrong(twice->info.name, "occurs twice");
    return Status::success();
}

Result<TorchContents> Interpreter::run() {
    for (const PickleValue persistent : tree_.persistents())
        if (auto known = storageOf("(unnamed)", persistent); !known)
            return std::move(known).error();
    if (isTensor(tree_.root())) {
        if (auto added = addTensor("tensor", tree_.root()); !added) return std::move(added).error();
        return std::move(contents_);
    }
    auto dict = findDictionary();
    if (!dict) return std::move(dict).error();
    if (auto added = addDictionary(*dict); !added) return std::move(added).error();
    if (auto checked = checkNames(); !checked) return std::move(checked).error();
    return std::move(contents_);
}

bool isContiguous(const TorchTensor& tensor) {
    std::uint64_t expected = 1;
    for (std::size_t axis = tensor.strides.size(); axis-- > 0;) {
        const std::uint64_t size = tensor.info.shape[axis];
        if (size != 1 && tensor.strides[axis] != expected) return false;
        expected *= size;
    }
    return true;
}

} // namespace

bool isTorchGlobal(std::string_view global) {
    static constexpr std::array<std::string_view, 8> kAllowed{"collections.OrderedDict",
                                                              kRebuildTensor,
                                                              kRebuildParameter,
                                                              "torch.Size",
                                                              "numpy.core.multiarray.scalar",
                                                              "numpy._core.multiarray.scalar",
                                                              "numpy.dtype",
                                                              "_codecs.encode"};
    return std::find(kAllowed.begin(), kAllowed.end(), global) != kAllowed.end() ||
           storageType(global).has_value();
}

PickleRules torchPickleRules(std::string subject) {
    return {isTorchGlobal, false, std::move(subject), "a weight file that this program opens"};
}

Result<TorchContents> interpretTorchPickle(const PickleTree& tree, const std::string& subject) {
    return Interpreter(tree, subject).run();
}

void copyTorchTensor(const TorchTensor& tensor, std::span<const std::byte> storage,
                     std::span<std::byte> out) {
    if (out.empty()) return;
    const std::size_t element = elementSize(tensor.info.type);
    if (isContiguous(tensor)) {
        const auto bytes = storage.subspan(tensor.offset * element, out.size());
        std::copy(bytes.begin(), bytes.end(), out.begin());
        return;
    }
    std::vector<std::uint64_t> index(tensor.strides.size());
    std::uint64_t position = tensor.offset;
    for (std::size_t written = 0; written < out.size(); written += element) {
        std::copy_n(storage.begin() + static_cast<std::ptrdiff_t>(position * element), element,
                    out.begin() + static_cast<std::ptrdiff_t>(written));
        for (std::size_t axis = index.size(); axis-- > 0;) {
            position += tensor.strides[axis];
            if (++index[axis] < tensor.info.shape[axis]) break;
            position -= tensor.strides[axis] * index[axis];
            index[axis] = 0;
        }
    }
}

} // namespace gesture::io
