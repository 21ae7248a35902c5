group "default" {
  targets = ["one", "two"]
}

target "one" {
  target  = "run"
  network = "none"
  args    = { NUMBER = "1", BASE = "box" }
}

target "two" {
  target  = "run"
  network = "none"
  args    = { NUMBER = "2", BASE = "tools" }
}
