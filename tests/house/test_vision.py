"""OpenCV is held to a written list of names in one module; nothing learnt lies in the repository."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ALLOWED = {
    "GaussianBlur",
    "blur",
    "cartToPolar",
    "dilate",
    "erode",
    "resize",
    "setNumThreads",
    "warpAffine",
    "INTER_AREA",
    "INTER_CUBIC",
}
LEARNT = {".caffemodel", ".ckpt", ".dat", ".h5", ".keras", ".onnx", ".pb", ".pickle", ".pkl", ".prototxt"}
LEARNT |= {".pt", ".pth", ".safetensors", ".tflite", ".weights"}


def files(*endings: str) -> list[Path]:
    said = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in said.splitlines() if name.endswith(endings)]


def names_of_opencv(text: str) -> set[str]:
    """Gives every name taken from cv2, however it was imported; `*` where that cannot be said."""
    names, called = set(), set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            called |= {one.asname or "cv2" for one in node.names if one.name.split(".")[0] == "cv2"}
            names |= {one.name for one in node.names if one.name.startswith("cv2.")}
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "cv2":
            names |= {one.name for one in node.names}
        if isinstance(node, ast.Constant) and node.value in ("cv2", "cv2.data"):
            names.add("*")  # importlib, __import__, getattr
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in called:
            names.add(node.attr)
    plain = sum(isinstance(node, ast.Name) and node.id in called for node in ast.walk(ast.parse(text)))
    taken = sum(
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in called
        for node in ast.walk(ast.parse(text))
    )
    return names if plain == taken else names | {"*"}


def test_only_one_module_imports_opencv() -> None:
    importing = [
        str(path.relative_to(ROOT))
        for path in files(".py")
        if path.parts[len(ROOT.parts)] == "amparo" and names_of_opencv(path.read_text(encoding="utf-8"))
    ]
    assert importing == ["amparo/fingerprints/vision.py"]


def test_only_names_of_the_list_are_used() -> None:
    text = (ROOT / "amparo/fingerprints/vision.py").read_text(encoding="utf-8")
    assert names_of_opencv(text) <= ALLOWED


def test_a_planted_name_is_seen_however_it_comes() -> None:
    assert names_of_opencv("import cv2\ncv2.CascadeClassifier('x')") == {"CascadeClassifier"}
    assert names_of_opencv("import cv2 as see\nsee.FaceDetectorYN") == {"FaceDetectorYN"}
    assert names_of_opencv("from cv2 import dnn") == {"dnn"}
    assert "*" in names_of_opencv("import cv2\ngetattr(cv2, 'd' + 'nn')")
    assert "*" in names_of_opencv("__import__('cv2')")


def test_no_file_of_anything_learnt_is_in_the_repository() -> None:
    assert files(*LEARNT) == []
    assert [path for path in files(".xml") if "cascade" in path.name.lower()] == []
