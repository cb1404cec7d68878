# SPDX-License-Identifier: Apache-2.0
"""A strict reader of binary FBX 7.4 that shares nothing with the writer. Standard library only.

usage: check_fbx.py FILE.fbx EXPECTED.json

Holds against the format: magic, offsets and null records of every node, declared and inflated sizes
of arrays, unique identities, connections between objects that exist, counts of Definitions, one key a
frame for every curve, ascending times, Euler angles without jumps of half a turn, weights that sum to 1,
bind matrices that undo each other. Then it places the joints from the curves and holds them against
"frames": {"FRAME": {"JOINT": [x, y, z], …}} of the expectation (metres).
Exit status 1 and one line for the first thing that is wrong.
"""
import json
import math
import struct
import sys
import zlib

TICKS = 46186158000


def fail(text):
    print("FBX:", text)
    sys.exit(1)


def need(condition, text):
    if not condition:
        fail(text)


class Node:
    def __init__(self, name, properties, children):
        self.name, self.properties, self.children = name, properties, children

    def all(self, name):
        return [c for c in self.children if c.name == name]

    def one(self, name):
        found = self.all(name)
        need(len(found) == 1, f"{self.name} has {len(found)} nodes {name}")
        return found[0]

    def value(self, name):
        return self.one(name).properties[0]

    def property70(self, name):
        for p in self.one("Properties70").children:
            if p.properties[0] == name:
                return p.properties[4:]
        fail(f"{self.name} lacks property {name}")


SCALARS = {b"Y": "<h", b"C": "<?", b"I": "<i", b"F": "<f", b"D": "<d", b"L": "<q"}
ARRAYS = {b"i": "i", b"l": "q", b"f": "f", b"d": "d", b"b": "?"}


def read_property(data, at):
    kind = data[at:at + 1]
    at += 1
    if kind in SCALARS:
        size = struct.calcsize(SCALARS[kind])
        return struct.unpack_from(SCALARS[kind], data, at)[0], at + size
    if kind in (b"S", b"R"):
        size, = struct.unpack_from("<I", data, at)
        raw = data[at + 4:at + 4 + size]
        need(len(raw) == size, "a text goes beyond the file")
        return (raw.decode("utf-8") if kind == b"S" else raw), at + 4 + size
    need(kind in ARRAYS, f"unknown property {kind}")
    count, encoding, size = struct.unpack_from("<3I", data, at)
    raw = data[at + 12:at + 12 + size]
    need(encoding in (0, 1), f"unknown encoding {encoding}")
    if encoding == 1:
        raw = zlib.decompress(raw)
    form = ARRAYS[kind]
    need(len(raw) == count * struct.calcsize("<" + form), "an array has another size than it says")
    return struct.unpack(f"<{count}{form}", raw), at + 12 + size


def read_node(data, at):
    end, count, size, name_size = struct.unpack_from("<3IB", data, at)
    if (end, count, size, name_size) == (0, 0, 0, 0):
        return None, at + 13
    need(at < end <= len(data), f"a node at {at} ends at {end} of {len(data)}")
    name = data[at + 13:at + 13 + name_size].decode("ascii")
    at += 13 + name_size
    after, properties = at + size, []
    for _ in range(count):
        value, at = read_property(data, at)
        properties.append(value)
    need(at == after, f"properties of {name} end at {at}, not at {after}")
    children = []
    while at < end:
        child, at = read_node(data, at)
        if child is None:
            need(at == end, f"{name} goes on behind its null record")
            break
        children.append(child)
    else:
        need(not children, f"{name} has nodes below and no null record")
    need(at == end, f"{name} ends at {at}, not at {end}")
    return Node(name, properties, children), at


def read_file(path):
    data = open(path, "rb").read()
    need(data[:23] == b"Kaydara FBX Binary  \0\x1a\0", "wrong magic")
    need(struct.unpack_from("<I", data, 23)[0] == 7400, "not version 7.4")
    at, nodes = 27, []
    while True:
        node, at = read_node(data, at)
        if node is None:
            break
        nodes.append(node)
    names = [n.name for n in nodes]
    wanted = ["FBXHeaderExtension", "FileId", "CreationTime", "Creator", "GlobalSettings", "Documents",
              "References", "Definitions", "Objects", "Connections", "Takes"]
    need(names == wanted, f"top-level nodes are {names}")
    need((len(data) - 140) % 16 == 0, "the end is not aligned")
    need(data[-16:] == b"\xf8\x5a\x8c\x6a\xde\xf5\xd9\x7e\xec\xe9\x0c\xe3\x75\x8f\x29\x0b", "wrong end")
    return Node("", [], nodes)


def multiply(a, b):
    return [[sum(a[i][k] * b[k][j] for k in range(4)) for j in range(4)] for i in range(4)]


def place(translation, rotation, scaling):
    cx, cy, cz = (math.cos(math.radians(v)) for v in rotation)
    sx, sy, sz = (math.sin(math.radians(v)) for v in rotation)
    turn = [[cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx],
            [sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx],
            [-sy, cy * sx, cy * cx]]
    return [[turn[i][j] * scaling[j] for j in range(3)] + [translation[i]] for i in range(3)] + [[0, 0, 0, 1]]


def as_matrix(values):
    need(len(values) == 16, "a matrix without 16 numbers")
    return [[values[4 * column + row] for column in range(4)] for row in range(4)]


def near_identity(matrix, tolerance):
    return all(abs(matrix[i][j] - (i == j)) < tolerance for i in range(4) for j in range(4))


class Scene:
    def __init__(self, root):
        self.root = root
        objects = root.one("Objects").children
        self.objects = {}
        for node in objects:
            need(node.properties[0] not in self.objects, f"identity {node.properties[0]} twice")
            self.objects[node.properties[0]] = node
        self.parents, self.driven = {}, {}
        for c in root.one("Connections").children:
            kind, child, parent = c.properties[:3]
            need(child in self.objects, f"a connection from {child}, which does not exist")
            need(parent == 0 or parent in self.objects, f"a connection to {parent}, which does not exist")
            if kind == "OP":
                self.driven.setdefault(parent, {}).setdefault(c.properties[3], []).append(child)
            else:
                self.parents.setdefault(child, []).append(parent)
        self.check_counts(objects)
        self.models = {i: n for i, n in self.objects.items() if n.name == "Model"}
        self.limbs = {i: n for i, n in self.models.items() if n.properties[2] == "LimbNode"}

    def check_counts(self, objects):
        counts = {"GlobalSettings": 1}
        for node in objects:
            counts[node.name] = counts.get(node.name, 0) + 1
        said = {t.properties[0]: t.value("Count") for t in self.root.one("Definitions").all("ObjectType")}
        need(said == counts, f"Definitions say {said}, Objects are {counts}")

    def title(self, identity):
        name, zero, kind = self.objects[identity].properties[1].partition("\0\x01")
        need(zero and kind, f"object {identity} has no class in its name")
        return name

    def curve(self, identity):
        node = self.objects[identity]
        times, values = node.value("KeyTime"), node.value("KeyValueFloat")
        need(len(times) == len(values) > 0, "a curve with as many times as values")
        need(times[0] == 0 and all(a < b for a, b in zip(times, times[1:])), "times that do not ascend")
        need(sum(node.value("KeyAttrRefCount")) == len(times), "attributes for all keys")
        need(all(math.isfinite(v) for v in values), "a value that is not finite")
        return times, values

    def curves_of(self, model, prop, channels, defaults):
        """Values of the channels over time, or the defaults."""
        nodes = self.driven.get(model, {}).get(prop, [])
        if not nodes:
            return None
        need(len(nodes) == 1, f"{len(nodes)} curve nodes drive {prop}")
        result = []
        for channel in channels:
            curves = self.driven[nodes[0]][channel]
            need(len(curves) == 1, f"{len(curves)} curves drive {channel}")
            times, values = self.curve(curves[0])
            need(self.times is None or times == self.times, "curves with different times")
            self.times = times
            result.append(values)
        return result

    times = None


def check_skins(scene):
    for identity, node in scene.objects.items():
        if node.name != "Deformer" or node.properties[2] != "Skin":
            continue
        geometry = scene.objects[scene.parents[identity][0]]
        sums = [0.0] * (len(geometry.value("Vertices")) // 3)
        for child, parents in scene.parents.items():
            cluster = scene.objects[child]
            if identity not in parents or cluster.properties[2] != "Cluster":
                continue
            product = multiply(as_matrix(cluster.value("TransformLink")), as_matrix(cluster.value("Transform")))
            need(near_identity(product, 1e-3), "bind matrices that do not undo each other")
            if cluster.all("Indexes"):
                weights = cluster.value("Weights")
                need(len(weights) == len(cluster.value("Indexes")), "weights that do not fit")
                for vertex, weight in zip(cluster.value("Indexes"), weights):
                    sums[vertex] += weight
        need(all(abs(s - 1) < 1e-4 for s in sums), "weights that do not sum to 1")


def check_shapes(scene):
    for identity, node in scene.objects.items():
        if node.name == "Geometry" and node.properties[2] == "Shape":
            need(len(node.value("Vertices")) == 3 * len(node.value("Indexes")), "a shape's offsets do not fit")
            channel = scene.parents[identity][0]
            need(scene.objects[channel].properties[2] == "BlendShapeChannel", "a shape without its channel")
            blend = scene.parents[channel][0]
            need(scene.objects[blend].properties[2] == "BlendShape", "a channel without its deformer")
            need(scene.objects[scene.parents[blend][0]].properties[2] == "Mesh", "a deformer without its mesh")


def joint_tracks(scene):
    tracks = {}
    for identity, node in scene.limbs.items():
        rotation = scene.curves_of(identity, "Lcl Rotation", ("d|X", "d|Y", "d|Z"), None)
        translation = scene.curves_of(identity, "Lcl Translation", ("d|X", "d|Y", "d|Z"), None)
        if rotation:
            for axis in rotation:
                need(all(abs(b - a) < 180 for a, b in zip(axis, axis[1:])), "an angle that jumps")
        tracks[identity] = (rotation, translation)
    return tracks


def world(scene, tracks, identity, frame, known):
    if identity in known:
        return known[identity]
    node = scene.limbs[identity]
    rotation, translation = tracks[identity]
    turn = [a[frame] for a in rotation] if rotation else node.property70("Lcl Rotation")
    where = [a[frame] for a in translation] if translation else node.property70("Lcl Translation")
    local = place(where, turn, node.property70("Lcl Scaling"))
    parents = [p for p in scene.parents[identity] if p in scene.limbs]
    known[identity] = multiply(world(scene, tracks, parents[0], frame, known), local) if parents else local
    return known[identity]


def main():
    expected = json.load(open(sys.argv[2], encoding="utf-8"))
    scene = Scene(read_file(sys.argv[1]))
    settings = scene.root.one("GlobalSettings")
    need(settings.property70("UnitScaleFactor")[0] == 1.0, "not in centimetres")
    need(abs(settings.property70("CustomFrameRate")[0] - expected["fps"]) < 1e-6, "another frame rate")
    need(settings.property70("TimeMode")[0] == expected["time_mode"], "another time mode")
    check_skins(scene)
    check_shapes(scene)
    tracks = joint_tracks(scene)
    need(len(scene.times) == expected["frame_count"], f"{len(scene.times)} keys")
    last = round((expected["frame_count"] - 1) * TICKS / expected["fps"])
    need(abs(scene.times[-1] - last) <= 1, f"the last key is at {scene.times[-1]}, not at {last}")
    need(settings.property70("TimeSpanStop")[0] == scene.times[-1], "another end of the time span")
    for frame, joints in expected["frames"].items():
        known = {}
        found = {scene.title(i): world(scene, tracks, i, int(frame), known) for i in scene.limbs}
        need(set(found) == set(joints), f"joints are {sorted(found)}")
        for name, position in joints.items():
            distance = math.dist([found[name][i][3] / 100 for i in range(3)], position)
            need(distance < 1e-4, f"{name} is {distance * 1000:.3f} mm off in frame {frame}")
    print("FBX: sound")


main()
