# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/npz with NumPy: what core/io must be able to read, and to write.

Run by hand: python3 tests/golden/make_npz_golden.py   (NumPy 2.4.6 made the files in the tree)
"""
import io
import pathlib
import zipfile

import numpy as np

FOLDER = pathlib.Path(__file__).parent / "npz"
NUMBERS = ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]


def ramp(count, kind):
    """Element i is (37 i + 11) mod 101, minus 50 if signed, times 0.25 if floating; odd if bool."""
    values = (37 * np.arange(count) + 11) % 101
    if kind == "b":
        return values % 2 == 1
    if kind == "u":
        return values
    return values - 50 if kind == "i" else (values - 50) * 0.25


def types():
    arrays = {}
    for code in NUMBERS:
        values = ramp(12, code[0])
        arrays[code] = values.astype("<" + code).reshape(3, 4)
        arrays[code + "_big"] = values.astype(">" + code).reshape(3, 4)
        arrays[code + "_fortran"] = np.asfortranarray(arrays[code])
    cube = ramp(2 * 3 * 4, "f").reshape(2, 3, 4)
    arrays["cube_fortran_big"] = np.asfortranarray(cube.astype(">f8"))
    arrays["scalar"] = np.int32(30)
    arrays["empty"] = np.zeros((0, 3), "f4")
    arrays["text"] = np.array("smplx2020")
    arrays["text_empty"] = np.array("")
    arrays["texts"] = np.array(["skin", "grün", "手", "🙂"])
    arrays["texts_big"] = arrays["texts"].astype(">U4")
    arrays["bytes"] = np.array([b"male", b"female"])
    arrays["row_1906"] = np.zeros(1906, "u1")
    return arrays


def with_objects():
    return {
        "numbers": ramp(5, "f").astype("f4"),
        "objects": np.array({"left": 1}, dtype=object),
        "complex": np.zeros(3, "c8"),
        "structured": np.zeros(2, [("a", "<f4"), ("b", "<i4", (2,))]),
        "date": np.array("2025-01-01", "M8[D]"),
    }


def motion(frames, columns, float_type):
    return {
        "betas": ramp(300, "f").astype("f4"),
        "poses": ramp(frames * columns, "f").astype("f4").reshape(frames, columns) / 16,
        "expressions": ramp(frames * 100, "f").astype(float_type).reshape(frames, 100),
        "trans": ramp(frames * 3, "f").astype(float_type).reshape(frames, 3),
        "model": np.array("smplx2020"),
        "gender": np.array("neutral"),
        "mocap_frame_rate": np.int32(30),
    }


PARENTS = [-1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 15, 15, 15,
           20, 25, 26, 20, 28, 29, 20, 31, 32, 20, 34, 35, 20, 37, 38,
           21, 40, 41, 21, 43, 44, 21, 46, 47, 21, 49, 50, 21, 52, 53]


def body(vertices, columns, number_type):
    """The arrays of the licensed file, in its types and with its pickled extras, on few vertices."""
    weights = np.zeros((vertices, 55), number_type)
    weights[np.arange(vertices), np.arange(vertices) % 55] = 1
    regressor = np.full((55, vertices), 1 / vertices, number_type)
    tree = np.stack([np.array(PARENTS), np.arange(55)])
    return {
        "v_template": ramp(vertices * 3, "f").reshape(vertices, 3).astype(number_type),
        "f": np.array([[0, 1, 2], [2, 1, 3]], "u4"),
        "shapedirs": ramp(vertices * 3 * columns, "f").reshape(vertices, 3, columns)
        .astype(number_type),
        "posedirs": ramp(vertices * 3 * 486, "f").reshape(vertices, 3, 486).astype("f4"),
        "J_regressor": regressor,
        "kintree_table": tree.astype("u4"),
        "weights": weights,
        "hands_meanl": ramp(45, "f"),
        "hands_meanr": -ramp(45, "f"),
        "joint2num": np.array({"Pelvis": 0}, dtype=object),
        "part2num": np.array({"global": 0}, dtype=object),
    }


class Unseekable(io.RawIOBase):
    """Makes zipfile write data descriptors."""

    def __init__(self):
        self.bytes = b""

    def writable(self):
        return True

    def write(self, data):
        self.bytes += bytes(data)
        return len(data)


def streamed(arrays):
    out = Unseekable()
    with zipfile.ZipFile(out, "w") as archive:
        for name, array in arrays.items():
            info = zipfile.ZipInfo(name + ".npy")
            info.compress_type = zipfile.ZIP_DEFLATED if array.size > 100 else zipfile.ZIP_STORED
            with archive.open(info, "w") as member:
                np.lib.format.write_array(member, array)
    return out.bytes


def main():
    FOLDER.mkdir(exist_ok=True)
    np.savez(FOLDER / "types.npz", **types())
    np.savez_compressed(FOLDER / "types_deflated.npz", **types())
    np.savez(FOLDER / "objects.npz", **with_objects())
    np.savez(FOLDER / "motion.npz", **motion(5, 165, "f8"))
    np.savez_compressed(FOLDER / "motion_smplh.npz", **motion(4, 156, "f4"))
    np.savez_compressed(FOLDER / "body_400.npz", **body(4, 400, "f8"))
    np.savez_compressed(FOLDER / "body_20.npz", **body(4, 20, "f2"))
    np.savez_compressed(FOLDER / "zeros.npz", zeros=np.zeros((300, 1000), "f4"))
    (FOLDER / "streamed.npz").write_bytes(streamed({"a": ramp(6, "i"), "b": np.zeros(1000)}))
    for version in (1, 2, 3):
        with open(FOLDER / f"version{version}.npy", "wb") as file:
            values = ramp(6, "f").astype("f4").reshape(2, 3)
            np.lib.format.write_array(file, values, version=(version, 0))


if __name__ == "__main__":
    main()
