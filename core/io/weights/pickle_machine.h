// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/weights/pickle_reader.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace gesture::io {

/// The stack machine behind `readPickle`: one call of `run` per machine. Handlers return false
/// after they have set the failure. Single thread.
class PickleMachine {
public:
    PickleMachine(std::span<const std::byte> pickle, const PickleRules& rules)
        : rules_(rules)
        , bytes_(pickle)
        , tree_(pickle) {}

    [[nodiscard]] Result<PickleResult> run();

private:
    using Handler = bool (PickleMachine::*)();
    struct Opcode {
        std::uint8_t code;
        Handler handler;
    };
    static const std::array<Opcode, 61> kOpcodes;
    static std::array<Handler, 256> handlerTable();

    // What failed.
    bool damaged(std::string_view what);
    bool refused(std::string_view instruction);
    bool tooLarge(std::string_view what);

    // Bytes of the pickle.
    template <typename T>
    bool takeNumber(T& value);
    bool takeText(std::uint64_t length, PickleKind kind);
    bool takeLine(std::string_view& line);
    template <typename Length>
    bool sizedText(PickleKind kind);
    bool takeLong(std::uint64_t length);

    // The stack.
    bool push(PickleValue value);
    bool pushInteger(std::int64_t value);
    bool pushNode(PickleKind kind, std::vector<PickleValue> items);
    bool pop(PickleValue& value);
    bool popToMark(std::vector<PickleValue>& items);
    [[nodiscard]] std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }
    PickleTree::Node& node(PickleValue value) { return tree_.nodes_[value.payload]; }
    bool extend(PickleValue target, std::span<const PickleValue> items);
    bool pushGlobal(std::string_view module, std::string_view name);
    bool globalAllowed(std::string_view name);
    bool remember(std::uint64_t index);
    bool recall(std::uint64_t index);
    bool tupleOf(std::size_t count);
    bool call(std::string_view instruction);

    // Instructions, in the order of `kOpcodes`.
    bool opProto();
    bool opFrame();
    bool opStop();
    bool opMark();
    bool opPop();
    bool opPopMark();
    bool opDup();
    bool opNone();
    bool opTrue();
    bool opFalse();
    bool opInt();
    bool opBinInt();
    bool opBinInt1();
    bool opBinInt2();
    bool opLong();
    bool opLong1();
    bool opLong4();
    bool opFloat();
    bool opBinFloat();
    bool opString();
    bool opBinString();
    bool opShortBinString();
    bool opUnicode();
    bool opBinUnicode();
    bool opShortBinUnicode();
    bool opBinUnicode8();
    bool opBinBytes();
    bool opShortBinBytes();
    bool opBinBytes8();
    bool opEmptyTuple();
    bool opTuple();
    bool opTuple1();
    bool opTuple2();
    bool opTuple3();
    bool opEmptyList();
    bool opList();
    bool opAppend();
    bool opAppends();
    bool opEmptyDict();
    bool opDict();
    bool opSetItem();
    bool opSetItems();
    bool opPut();
    bool opBinPut();
    bool opLongBinPut();
    bool opMemoize();
    bool opGet();
    bool opBinGet();
    bool opLongBinGet();
    bool opGlobal();
    bool opStackGlobal();
    bool opReduce();
    bool opNewObject();
    bool opBuild();
    bool opBinPersistent();
    bool opPersistent();
    bool opInstance();
    bool opObject();
    bool opNewObjectEx();
    bool opExtension();
    bool opSetOrBuffer();

    const PickleRules& rules_;
    std::span<const std::byte> bytes_;
    std::size_t position_ = 0;
    std::size_t instruction_ = 0; ///< Where the current instruction begins.
    bool stopped_ = false;
    std::size_t itemCount_ = 0;
    std::vector<PickleValue> stack_;
    std::vector<std::size_t> marks_; ///< Heights of the stack.
    std::vector<PickleValue> memo_;
    std::vector<bool> memoSet_;
    PickleTree tree_;
    Error failure_{ErrorCode::Internal, {}};
};

} // namespace gesture::io
