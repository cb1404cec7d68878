// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/pickle_machine.h"

#include "core/io/weights/tensor.h"

#include <algorithm>
#include <fmt/format.h>

namespace gesture::io {

namespace {

constexpr std::size_t kMaxInstructions = 4'000'000;
constexpr std::size_t kMaxItems = 1'000'000;
constexpr std::size_t kMaxNodes = 250'000;
constexpr std::size_t kMaxMemo = 250'000;
constexpr std::size_t kMaxStack = 65'536;
constexpr std::size_t kMaxMarks = 10'000;
constexpr std::size_t kMaxGlobals = 64;
constexpr std::size_t kMaxLine = 1024;

constexpr std::string_view kOrderedDict = "collections.OrderedDict";

} // namespace

Result<PickleResult> PickleMachine::run() {
    static const std::array<Handler, 256> handlers = handlerTable();
    for (std::size_t count = 0; !stopped_; ++count) {
        instruction_ = position_;
        std::uint8_t code = 0;
        if (count == kMaxInstructions) {
            tooLarge("instructions");
            return std::move(failure_);
        }
        if (!takeNumber(code)) return std::move(failure_);
        const Handler handler = handlers[code];
        if (handler == nullptr) {
            damaged(fmt::format("{:#04x} is no instruction", code));
            return std::move(failure_);
        }
        if (!(this->*handler)()) return std::move(failure_);
    }
    return PickleResult{std::move(tree_), position_};
}

bool PickleMachine::damaged(std::string_view what) {
    failure_ = {ErrorCode::InvalidInput,
                fmt::format("{} is damaged: {} at byte {} of its pickle. Fetch the file again.",
                            rules_.subject, what, instruction_)};
    return false;
}

bool PickleMachine::refused(std::string_view instruction) {
    failure_ = {ErrorCode::InvalidInput,
                fmt::format("{} uses the pickle instruction {}, which data does not need: this is "
                            "not {}.",
                            rules_.subject, instruction, rules_.wanted)};
    return false;
}

bool PickleMachine::tooLarge(std::string_view what) {
    failure_ = {ErrorCode::LimitExceeded,
                fmt::format("{} has a pickle with too many {}: this is not {}.", rules_.subject,
                            what, rules_.wanted)};
    return false;
}

bool PickleMachine::takeLine(std::string_view& line) {
    const std::string_view rest(reinterpret_cast<const char*>(bytes_.data()) + position_,
                                bytes_.size() - position_);
    const std::size_t end = rest.substr(0, kMaxLine + 1).find('\n');
    if (end == std::string_view::npos) return damaged("a line does not end");
    line = rest.substr(0, end);
    position_ += end + 1;
    return true;
}

bool PickleMachine::takeText(std::uint64_t length, PickleKind kind) {
    if (length > bytes_.size() - position_) return damaged("a text ends behind the pickle");
    if (length > UINT32_MAX) return tooLarge("letters in one text");
    const PickleValue value{kind, static_cast<std::uint32_t>(length), position_};
    position_ += length;
    return push(value);
}

bool PickleMachine::push(PickleValue value) {
    if (stack_.size() == kMaxStack) return tooLarge("values at a time");
    stack_.push_back(value);
    return true;
}

bool PickleMachine::pushNode(PickleKind kind, std::vector<PickleValue> items) {
    if (tree_.nodes_.size() == kMaxNodes) return tooLarge("containers");
    itemCount_ += items.size();
    if (itemCount_ > kMaxItems) return tooLarge("items");
    tree_.nodes_.push_back({false, std::move(items)});
    return push({kind, 0, tree_.nodes_.size() - 1});
}

bool PickleMachine::pop(PickleValue& value) {
    if (stack_.size() <= floor()) return damaged("a value is missing");
    value = stack_.back();
    stack_.pop_back();
    return true;
}

bool PickleMachine::popToMark(std::vector<PickleValue>& items) {
    if (marks_.empty()) return damaged("a mark is missing");
    const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    items.assign(first, stack_.end());
    stack_.erase(first, stack_.end());
    marks_.pop_back();
    return true;
}

bool PickleMachine::extend(PickleValue target, std::span<const PickleValue> items) {
    itemCount_ += items.size();
    if (itemCount_ > kMaxItems) return tooLarge("items");
    auto& present = node(target).items;
    present.insert(present.end(), items.begin(), items.end());
    return true;
}

bool PickleMachine::globalAllowed(std::string_view name) {
    if (rules_.allows(name)) return true;
    failure_ = {ErrorCode::InvalidInput,
                fmt::format("{} asks for '{}': this is not {}.", rules_.subject, shownName(name),
                            rules_.wanted)};
    return false;
}

bool PickleMachine::pushGlobal(std::string_view module, std::string_view name) {
    const std::string global = fmt::format("{}.{}", module, name);
    if (!globalAllowed(global)) return false;
    auto& globals = tree_.globals_;
    const auto found = std::find(globals.begin(), globals.end(), global);
    const auto index = static_cast<std::size_t>(found - globals.begin());
    if (found == globals.end()) {
        if (globals.size() == kMaxGlobals) return tooLarge("classes");
        globals.push_back(global);
    }
    return push({PickleKind::Global, 0, index});
}

bool PickleMachine::remember(std::uint64_t index) {
    if (index >= kMaxMemo) return tooLarge("memo entries");
    if (stack_.size() <= floor()) return damaged("a value is missing");
    if (index >= memo_.size()) {
        memo_.resize(index + 1);
        memoSet_.resize(index + 1);
    }
    memo_[index] = stack_.back();
    memoSet_[index] = true;
    return true;
}

bool PickleMachine::recall(std::uint64_t index) {
    if (index >= memo_.size() || !memoSet_[index]) return damaged("a memo entry is missing");
    return push(memo_[index]);
}

bool PickleMachine::tupleOf(std::size_t count) {
    if (stack_.size() < floor() + count) return damaged("a value is missing");
    const auto first = stack_.end() - static_cast<std::ptrdiff_t>(count);
    std::vector<PickleValue> items(first, stack_.end());
    stack_.erase(first, stack_.end());
    return pushNode(PickleKind::Tuple, std::move(items));
}

/// REDUCE and NEWOBJ: notes the call down. OrderedDict() is a dict.
bool PickleMachine::call(std::string_view instruction) {
    PickleValue arguments;
    PickleValue callee;
    if (!pop(arguments) || !pop(callee)) return false;
    if (callee.kind != PickleKind::Global || arguments.kind != PickleKind::Tuple)
        return refused(fmt::format("{} on something other than a name", instruction));
    if (tree_.text(callee) == kOrderedDict) {
        if (!node(arguments).items.empty())
            return refused(fmt::format("{} of an OrderedDict with contents", instruction));
        if (!pushNode(PickleKind::Dict, {})) return false;
        node(stack_.back()).ordered = true;
        return true;
    }
    return pushNode(PickleKind::Call, {callee, arguments});
}

bool PickleMachine::opReduce() { return call("REDUCE"); }

bool PickleMachine::opNewObject() {
    if (!rules_.objects) return refused("NEWOBJ");
    return call("NEWOBJ");
}

bool PickleMachine::opBuild() {
    PickleValue state;
    if (!pop(state)) return false;
    if (stack_.size() <= floor()) return damaged("a value is missing");
    const PickleValue target = stack_.back();
    if (target.kind == PickleKind::Dict && node(target).ordered) {
        const auto items = tree_.items(state);
        for (std::size_t i = 0; i < items.size() && state.kind == PickleKind::Dict; i += 2)
            if (tree_.text(items[i]) != "_metadata")
                return refused("BUILD on an OrderedDict for more than '_metadata'");
        return state.kind == PickleKind::Dict ? true : refused("BUILD on an OrderedDict");
    }
    if (target.kind != PickleKind::Call) return refused("BUILD");
    const auto callee = tree_.text(node(target).items[0]);
    if (!rules_.objects && callee != "numpy.dtype") return refused("BUILD");
    return extend(target, std::span(&state, 1));
}

bool PickleMachine::opGlobal() {
    std::string_view module;
    std::string_view name;
    return takeLine(module) && takeLine(name) && pushGlobal(module, name);
}

bool PickleMachine::opStackGlobal() {
    PickleValue name;
    PickleValue module;
    if (!pop(name) || !pop(module)) return false;
    if (name.kind != PickleKind::Text || module.kind != PickleKind::Text)
        return damaged("a name is no text");
    return pushGlobal(tree_.text(module), tree_.text(name));
}

bool PickleMachine::opBinPersistent() {
    PickleValue id;
    if (!pop(id) || !pushNode(PickleKind::Persistent, {id})) return false;
    tree_.persistents_.push_back(stack_.back());
    return true;
}

bool PickleMachine::opPersistent() { return refused("PERSID"); }

bool PickleMachine::opInstance() {
    std::string_view module;
    std::string_view name;
    if (!takeLine(module) || !takeLine(name)) return false;
    return globalAllowed(fmt::format("{}.{}", module, name)) ? refused("INST") : false;
}

bool PickleMachine::opObject() { return refused("OBJ"); }
bool PickleMachine::opNewObjectEx() { return refused("NEWOBJ_EX"); }
bool PickleMachine::opExtension() { return refused("EXT"); }
bool PickleMachine::opSetOrBuffer() { return refused("of a set or buffer"); }

bool PickleMachine::opProto() {
    std::uint8_t version = 0;
    if (!takeNumber(version)) return false;
    return version <= 4 ? true : damaged(fmt::format("pickle version {} is unknown", version));
}

bool PickleMachine::opFrame() {
    std::uint64_t length = 0;
    if (!takeNumber(length)) return false;
    return length <= bytes_.size() - position_ ? true : damaged("a frame ends behind the pickle");
}

bool PickleMachine::opStop() {
    stopped_ = true;
    return marks_.empty() && stack_.size() == 1 ? pop(tree_.root_)
                                                : damaged("it ends in the middle of a value");
}

bool PickleMachine::opMark() {
    if (marks_.size() == kMaxMarks) return tooLarge("open marks");
    marks_.push_back(stack_.size());
    return true;
}

bool PickleMachine::opPop() {
    PickleValue dropped;
    return pop(dropped);
}

bool PickleMachine::opPopMark() {
    std::vector<PickleValue> dropped;
    return popToMark(dropped);
}

bool PickleMachine::opDup() {
    if (stack_.size() <= floor()) return damaged("a value is missing");
    return push(stack_.back());
}

Result<PickleResult> readPickle(std::span<const std::byte> pickle, const PickleRules& rules) {
    return PickleMachine(pickle, rules).run();
}

} // namespace gesture::io
