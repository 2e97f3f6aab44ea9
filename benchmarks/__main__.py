from benchmarks import pages

print(pages.run().markdown())
