// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/pickle_reader.h"
#include "core/io/weights/torch_pickle.h"
#include "tests/core/io/weights/pickle_assembler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::io {
namespace {

using test::PickleAssembler;
using testing::HasSubstr;

Result<PickleResult> readTorch(const PickleAssembler& pickle) {
    return readPickle(pickle.bytes(), torchPickleRules("'x.bin'"));
}

TEST(PickleReader, ReadsNumbersOfEveryKind) {
    PickleAssembler pickle;
    pickle.proto(2).mark();
    pickle.raw("I-7\n").raw("L12L\n").raw("K\xff").raw("M\xff\xff").raw("J\xff\xff\xff\xff");
    pickle.raw("\x8a\x01\x80").op(0x8a).op(0).integer(INT64_MIN).tuple().stop();
    const auto read = readTorch(pickle);
    ASSERT_TRUE(read.ok()) << read.error().message();
    std::vector<std::int64_t> numbers;
    for (const PickleValue item : read->tree.items(read->tree.root()))
        numbers.push_back(read->tree.integer(item).value());
    EXPECT_THAT(numbers, testing::ElementsAre(-7, 12, 255, 65535, -1, -128, 0, INT64_MIN));
}

TEST(PickleReader, ReadsTextsOfEveryKind) {
    PickleAssembler pickle;
    pickle.proto(4).mark();
    pickle.raw("S'one'\n")
        .raw("Vtwo\n")
        .raw("U\x05three")
        .text("four")
        .raw("\x8c\x04"
             "five");
    pickle.tuple().stop();
    const auto read = readTorch(pickle);
    ASSERT_TRUE(read.ok()) << read.error().message();
    std::vector<std::string> texts;
    for (const PickleValue item : read->tree.items(read->tree.root()))
        texts.emplace_back(read->tree.text(item));
    EXPECT_THAT(texts, testing::ElementsAre("one", "two", "three", "four", "five"));
}

TEST(PickleReader, NotesCallsDownAndMakesNone) {
    PickleAssembler pickle;
    pickle.proto(2).global("torch", "Size").mark().integer(3).tuple().op('R').stop();
    const auto read = readTorch(pickle);
    ASSERT_TRUE(read.ok()) << read.error().message();
    const auto arguments = read->tree.callOf(read->tree.root(), "torch.Size");
    ASSERT_TRUE(arguments.has_value());
    EXPECT_EQ(read->tree.integer(arguments->front()), 3);
}

TEST(PickleReader, NamesTheGlobalThatItRefuses) {
    PickleAssembler pickle;
    pickle.proto(2).global("os", "system").mark().text("true").tuple().op('R').stop();
    const auto read = readTorch(pickle);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().message(), "'x.bin' asks for 'os.system': this is not a weight file "
                                      "that this program opens.");
}

TEST(PickleReader, ShowsAHostileNameHarmlessly) {
    PickleAssembler pickle;
    pickle.proto(2).global("os\x1b[31m", std::string(900, 'x')).stop();
    const auto read = readTorch(pickle);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().message().find('\x1b'), std::string::npos);
    EXPECT_LT(read.error().message().size(), 250U);
}

TEST(PickleReader, MetadataOfAnOrderedDictIsDropped) {
    PickleAssembler pickle;
    pickle.proto(2).global("collections", "OrderedDict").emptyTuple().op('R');
    pickle.text("a").integer(1).op('s');
    pickle.op('}').text("_metadata").op('}').op('s').op('b').stop();
    const auto read = readTorch(pickle);
    ASSERT_TRUE(read.ok()) << read.error().message();
    EXPECT_EQ(read->tree.items(read->tree.root()).size(), 2U);
}

TEST(PickleReader, OtherAttributesOfAnOrderedDictAreRefused) {
    PickleAssembler pickle;
    pickle.proto(2).global("collections", "OrderedDict").emptyTuple().op('R');
    pickle.op('}').text("__class__").integer(1).op('s').op('b').stop();
    const auto read = readTorch(pickle);
    ASSERT_FALSE(read.ok());
    EXPECT_THAT(read.error().message(), HasSubstr("BUILD"));
}

TEST(PickleReader, AListMayContainItself) {
    PickleAssembler pickle;
    pickle.proto(2).op(']').raw("q").op(0).raw("h").op(0).op('a').stop();
    const auto read = readTorch(pickle);
    ASSERT_TRUE(read.ok()) << read.error().message();
    EXPECT_EQ(read->tree.items(read->tree.root()).size(), 1U);
}

TEST(PickleReader, SaysWhereThePickleEnds) {
    PickleAssembler pickle;
    pickle.proto(2).integer(1).stop().raw("more");
    const auto read = readTorch(pickle);
    ASSERT_TRUE(read.ok()) << read.error().message();
    EXPECT_EQ(read->size, pickle.bytes().size() - 4);
}

TEST(TorchGlobals, AreTwelveAtMostWithTheStoragesAsOneFamily) {
    for (const char* name : {"torch.FloatStorage", "torch.BFloat16Storage", "torch.BoolStorage",
                             "torch._utils._rebuild_parameter", "collections.OrderedDict"})
        EXPECT_TRUE(isTorchGlobal(name)) << name;
    for (const char* name : {"torch.Storage", "torch.FloatStorage2", "torch.load", "torch.hub.load",
                             "torchStorage", "torch.EvilStorage", "builtins.eval", "collections",
                             "collections.OrderedDict.__reduce__", ""})
        EXPECT_FALSE(isTorchGlobal(name)) << name;
}

} // namespace
} // namespace gesture::io
